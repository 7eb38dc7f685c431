import { pool as poolSchema, type RefusedValue, refusedBy } from '../common/fields.ts';

/** What a poll's answer tells, of whatever length: it is handed from thread to thread. */
export interface PollNews {
  /** Whether something happened while the server held the poll, such as a chat for the agent's console. */
  readonly hasNews: boolean;
  /** The pool that serves the session from now on; null where that has not changed. */
  readonly pool: string | null;
  /** A pool that came and is not used. */
  readonly refused?: RefusedValue;
}

const TIMEOUT = 'ChatGetTimeout';
const CONFIG_CHANGE = 'ChatConfigChangeNotification';
const POOL_ID = 'CHAT_CLUSTER_POOL_ID';

/**
 * Reads a reply of `getMessages`. The API pages do not say what the collection is called, or whether a message
 * is named by a key around it or a field in it. So every list counts, and both forms. The last pool counts.
 */
export function readNews(reply: object): PollNews {
  let hasNews = false;
  let pool: string | null = null;
  let refused: RefusedValue | null = null;
  for (const message of messagesIn(reply)) {
    if (contentOf(message, TIMEOUT) !== null) continue;
    hasNews = true;
    const change = contentOf(message, CONFIG_CHANGE);
    const said = change === null ? null : poolOf(change);
    if (typeof said === 'string') pool = said;
    else refused = said ?? refused;
  }
  return refused === null ? { hasNews, pool } : { hasNews, pool, refused };
}

function* messagesIn(reply: object): Generator<object> {
  for (const list of Object.values(reply)) {
    if (!Array.isArray(list)) continue;
    for (const message of list) if (isObject(message)) yield message;
  }
}

/** The content of a message with this name; null where it has another one. */
function contentOf(message: object, name: string): object | null {
  for (const [key, value] of Object.entries(message)) {
    if (key === name) return isObject(value) ? value : message;
    if (value === name) return message;
  }
  return null;
}

function poolOf(change: object): string | RefusedValue | null {
  const fields = new Map<string, unknown>(Object.entries(change));
  const value = fields.get('value');
  if (fields.get('name') !== POOL_ID || typeof value !== 'string') return null;
  const parsed = poolSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [found] = refusedBy(parsed.error);
  return found === undefined ? null : { ...found, field: 'pool' };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
