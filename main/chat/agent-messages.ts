/** One of the messages that a poll brings. */
export type AgentMessage =
  /** Nothing has happened for as long as the server holds a poll. */
  | { readonly kind: 'timeout' }
  /** From now on, another pool serves the session. */
  | { readonly kind: 'pool-changed'; readonly pool: string }
  /** What is for the agent's console: chats, above all. */
  | { readonly kind: 'other' };

const TIMEOUT = 'ChatGetTimeout';
const CONFIG_CHANGE = 'ChatConfigChangeNotification';
const POOL_ID = 'CHAT_CLUSTER_POOL_ID';

/**
 * The messages in a reply of `getMessages`. Under which name the collection stands is not published, nor
 * whether a message is named by a key around it or by a field in it: every list is taken for it, and both
 * are read. A reply without any is one in which nothing has happened.
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

/** What such a message says; null where this is not one. */
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
