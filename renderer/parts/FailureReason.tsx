import { words } from '../text/language.ts';
import type { Reason } from '../text/reasons.ts';

/** Why something failed; the server's own words are quoted. */
export function FailureReason({ reason }: { reason: Reason }) {
  if (reason.by === 'signoff') return <p>{reason.text}</p>;
  const { serverSays, code } = words.value.sessions;
  return (
    <figure class="server-words">
      <figcaption class="quiet">{serverSays}</figcaption>
      <blockquote>{reason.text}</blockquote>
      {reason.code !== '' && <p class="quiet">{code(reason.code)}</p>}
    </figure>
  );
}
