/** What is wrong with a form as a whole; what is wrong with a field stands beside it. */
export function FormErrorList({ messages }: { messages: readonly string[] }) {
  if (messages.length === 0) return null;
  return (
    <div class="notice tone-bad" role="alert" tabIndex={-1}>
      <ul>
        {messages.map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </div>
  );
}
