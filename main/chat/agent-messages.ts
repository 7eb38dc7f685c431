/** One message of a poll's answer. */
export type AgentMessage =
  /** Nothing happened while the server held the poll. */
  | { readonly kind: 'timeout' }
  /** Another pool serves the session from now on. */
  | { readonly kind: 'pool-changed'; readonly pool: string }
  /** For the agent's console, such as chats. */
  | { readonly kind: 'other' };

const TIMEOUT = 'ChatGetTimeout';
const CONFIG_CHANGE = 'ChatConfigChangeNotification';
const POOL_ID = 'CHAT_CLUSTER_POOL_ID';

/**
 * The messages in a reply of `getMessages`. The API pages do not say what the collection is called, or
 * whether a message is named by a key around it or a field in it. So every list counts, and both forms.
 */
export function readMessages(reply: object): readonly AgentMessage[] {
  return Object.values(reply)
    .filter((field: unknown) => Array.isArray(field))
    .flat()
    .filter(isObject)
    .map(readMessage);
}

function readMessage(message: object): AgentMessage {
  if (contentOf(message, TIMEOUT) !== null) return { kind: 'timeout' };
  const change = contentOf(message, CONFIG_CHANGE);
  const pool = change === null ? null : poolOf(change);
  return pool === null ? { kind: 'other' } : { kind: 'pool-changed', pool };
}

/** The content of a message with this name; null where it has another one. */
function contentOf(message: object, name: string): object | null {
  for (const [key, value] of Object.entries(message)) {
    if (key === name) return isObject(value) ? value : message;
    if (value === name) return message;
  }
  return null;
}

function poolOf(change: object): string | null {
  const fields = new Map<string, unknown>(Object.entries(change));
  const value = fields.get('value');
  if (fields.get('name') !== POOL_ID || typeof value !== 'string') return null;
  return value.trim() === '' ? null : value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
