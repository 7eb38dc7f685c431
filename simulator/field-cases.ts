import { htmlReply } from './error-replies.ts';
import { jsonReply, type Reply } from './replies.ts';

/** What was seen in the field in the place of an answer. Null: this request is answered as the pages say. */
type FieldAnswer = (request: { readonly pool: string | null }) => Reply | null;

const empty = (status: number): Reply => ({ status, headers: {}, body: '' });

const forbidden = (fields: Readonly<Record<string, unknown>>): Reply => ({
  ...jsonReply(403, fields),
  headers: { 'Content-Type': 'application/json', Server: 'edge-gateway' },
});

const later = (status: number, retryAfter: string): Reply => ({
  ...jsonReply(status, { message: 'Too many requests.' }),
  headers: { 'Content-Type': 'application/json', 'Retry-After': retryAfter },
});

const LOGGED_ON = 'Agent 12 is already logged on.';

/**
 * Cases from the field, by their number and what they are; their answers are our own. A3 and A4 are `A1-…` and
 * `A2-…` to polls; A9 and A10 are replies of `serviceSettings` and `getMessages`.
 */
const ANSWERS = {
  'A1-gateway': () => forbidden({ message: 'Forbidden' }),
  'A1-empty': () => empty(403),
  'A1-allow-list': () =>
    forbidden({ statusCode: 403, message: 'IP address is not in the allow-list.' }),
  'A1-html': () => htmlReply(403),
  'A2-sign-in': () => jsonReply(200, { error: 'login_required' }),
  'A2-object': () => jsonReply(200, {}),
  'A2-empty': () => empty(200),
  'A2-202': () => empty(202),
  'A2-204': () => empty(204),
  'A2-blocked': () => jsonReply(200, { blocked: true }),
  'A5-system-error': () =>
    jsonReply(200, {
      getResponseTypes: [
        { ChatSystemError: { errorCondition: 'SESSION', text: 'gone', type: 'ERROR' } },
      ],
      chatSystemError: null,
    }),
  'A6-conflict': () =>
    jsonReply(409, { exceptionCode: 'CONFLICT', message: 'Agent has open engagements.' }),
  'A7-conflict': () =>
    jsonReply(200, {
      exceptionCode: 'CONFLICT',
      message: 'The agent status could not be changed.',
    }),
  'A8-existing-session': () =>
    jsonReply(200, { chatLogonResult: { resultType: 'EXISTING_SESSION' }, sessionId: null }),
  'A8-bad-request': () => jsonReply(400, { exceptionCode: 'BAD_REQUEST', message: LOGGED_ON }),
  'A8-access-denied': () => jsonReply(403, { exceptionCode: 'ACCESS_DENIED', message: LOGGED_ON }),
  'A9-port-80': () =>
    jsonReply(200, { domain: 'chat.acme.example', port: 80, pool: '311:2', siteName: 'acme_1' }),
  'A10-pool': () =>
    jsonReply(200, {
      getResponseTypes: [
        { ChatConfigChangeNotification: { name: 'CHAT_CLUSTER_POOL_ID', value: '\ud800' } },
      ],
      chatSystemError: null,
    }),
  'A11-429': () => later(429, '2'),
  'A11-429-hour': () => later(429, '3600'),
  'A11-503': () => later(503, '120'),
  // A console's pool, which has moved since.
  'A12-moved': ({ pool }) =>
    pool === null
      ? null
      : jsonReply(403, {
          exceptionCode: 'SESSION_NOT_FOUND',
          message: 'The agent session identifier is unknown.',
        }),
} as const satisfies Readonly<Record<string, FieldAnswer>>;

export type FieldCaseName = keyof typeof ANSWERS;

export const FIELD_CASES = Object.keys(ANSWERS).filter(
  (name): name is FieldCaseName => name in ANSWERS,
);

/** The answer to a request in that case; null: as the pages say. */
export function fieldAnswer(
  name: FieldCaseName,
  request: { readonly pool: string | null },
): Reply | null {
  const answer: FieldAnswer = ANSWERS[name];
  return answer(request);
}
