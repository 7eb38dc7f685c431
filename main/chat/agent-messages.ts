import { pool as poolSchema, type RefusedValue, refusedBy } from '../common/fields.ts';
import { redactBeginning } from '../common/redact.ts';

/** What a poll's answer tells, of whatever length: it is handed from thread to thread. */
export interface PollNews {
  /** Whether something happened while the server held the poll, such as a chat for the agent's console. */
  readonly hasNews: boolean;
  /** The pool that serves the session from now on; null where that has not changed. */
  readonly pool: string | null;
  /** A pool that came and is not used. */
  readonly refused?: RefusedValue;
  /** What the server says is wrong with the session, in its own words; null where it says nothing. */
  readonly systemError: string | null;
  /** Whether a chat is offered for acceptance, which Signoff cannot do. */
  readonly offersChat: boolean;
}

export const NO_NEWS: PollNews = {
  hasNews: false,
  pool: null,
  systemError: null,
  offersChat: false,
};

const TIMEOUT = 'ChatGetTimeout';
const CONFIG_CHANGE = 'ChatConfigChangeNotification';
const POOL_ID = 'CHAT_CLUSTER_POOL_ID';
/** Ends a chat in the older protocol; whether the agent's list can hold one is not published. */
const SYSTEM_ERROR = 'ChatSystemError';
/** How an assignment is named is not published; the calls are `requestAssignment` and `assignmentAcknowledgement`. */
const ASSIGNMENT = /Assignment/i;
const WORDS_LIMIT = 500;

/**
 * Reads a reply of `getMessages`. The API pages do not say what the collection is called, or whether a message
 * is named by a key around it or a field in it. So every list counts, and both forms. The last pool counts.
 * `secrets` are redacted from what the server says.
 */
export function readNews(reply: object, ...secrets: readonly string[]): PollNews {
  let news = NO_NEWS;
  for (const message of messagesIn(reply)) {
    if (contentOf(message, TIMEOUT) === null)
      news = withMessage({ ...news, hasNews: true }, message);
  }
  const said = news.systemError;
  if (said === null) return news;
  const { text } = redactBeginning(said, WORDS_LIMIT, ...secrets);
  return { ...news, systemError: text.slice(0, WORDS_LIMIT) };
}

function withMessage(news: PollNews, message: object): PollNews {
  const error = contentOf(message, SYSTEM_ERROR);
  if (error !== null) return { ...news, systemError: wordsOf(error) };
  const change = contentOf(message, CONFIG_CHANGE);
  if (change === null)
    return namesOf(message).some((name) => ASSIGNMENT.test(name))
      ? { ...news, offersChat: true }
      : news;
  const pool = poolOf(change);
  if (pool === null) return news;
  return typeof pool === 'string' ? { ...news, pool } : { ...news, refused: pool };
}

/** What may name a message: its only key, or a field for its type. */
function namesOf(message: object): string[] {
  const entries: [string, unknown][] = Object.entries(message);
  return entries.flatMap(([key, value]) => {
    if (isObject(value) || value === null) return [key];
    return /type$|name$/i.test(key) && typeof value === 'string' ? [value] : [];
  });
}

function wordsOf(error: object): string {
  const fields = new Map<string, unknown>(Object.entries(error));
  const said = ['errorCondition', 'text'].flatMap((name) => {
    const value = fields.get(name);
    return typeof value === 'string' && value.trim() !== '' ? [value.trim()] : [];
  });
  return said.join(': ');
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
