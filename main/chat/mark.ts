/**
 * What makes an answer the chat server's own. Gateways, firewalls, sign-in pages and quotas answer as well, with
 * 200 and with 403; what bears no mark confirms nothing. This is the one place that knows the marks.
 */

/** The fields of `ChatSystemError`, of the transaction and of the times in `logoff`'s page; other calls share them. */
const AGENT_FIELDS = [
  'chatSystemError',
  'clientId',
  'clientIdString',
  'clientSendTime',
  'sequenceNumber',
  'sequenceNumberString',
  'serviceFinishTime',
  'serviceStartTime',
  'sessionId',
] as const;

/** The fields of each call's 200, by its page. */
const SUCCESS_FIELDS = {
  // Page "Log off an agent session", schema LogoffResponse.
  logoff: ['chatLogoffResult', ...AGENT_FIELDS],
  // Page "Conclude an engagement", its sample reply; its schema is not shown.
  concludeEngagement: [
    'clientRequestTime',
    'serviceStartTime',
    'serviceFinishTime',
    'clientId',
    'clientIdString',
    'clientTransactionId',
    'clientTransactionIdString',
  ],
  // Page "Create an automated agent session": a typed `chatLogonResult`, and a top-level `sessionId`.
  createAutomatedAgentSession: ['chatLogonResult', ...AGENT_FIELDS],
  // Page "Get messages": the list `getResponseTypes`.
  getMessages: ['getResponseTypes', ...AGENT_FIELDS],
  // Page "Set activity status": its own result is not known, the rest is as in `logoff`.
  setActivityStatus: AGENT_FIELDS,
  // Page "Get service settings" of the site's cross-channel services.
  serviceSettings: ['domain', 'port', 'pool', 'siteName'],
  // Page "Create an agent token" of the same.
  agentTokens: ['sessionToken'],
} as const;

/** The calls, by their names on the API pages. */
export type ApiCall = keyof typeof SUCCESS_FIELDS;

/** Whether a 200 with this content is the call's own. None of the pages has an `error` in it. */
export function isOwnSuccess(call: ApiCall, json: object): boolean {
  if ('error' in json && json.error !== null) return false;
  return SUCCESS_FIELDS[call].some((field) => field in json);
}

/**
 * The fields that hold the code of an error. Their form is not published: `exceptionCode` is what a public client
 * looks for and what the pages call the codes; `errorCondition` is the page's, of `ChatSystemError`; `o:errorCode`
 * is in the error form of Oracle's own REST APIs.
 */
export const CODE_FIELDS = ['exceptionCode', 'errorCondition', 'o:errorCode'] as const;

/** The words of an error: `message` and `detail` by the same client, `text` by the page's `ChatSystemError`. */
export const WORD_FIELDS = ['message', 'detail', 'text'] as const;

/** The pages' exception codes, of all calls. */
const PUBLISHED_CODES: ReadonlySet<string> = new Set([
  'ACCESS_DENIED',
  'BAD_REQUEST',
  'CONFLICT',
  'DEPENDENCY_APPLICATION_TIMEOUT',
  'INTERNAL_SERVER_ERROR',
  'UNKNOWN_EXCEPTION',
]);

/** What the pages' words for an unknown session speak of: "The agent session identifier is unknown." */
const OF_THE_SESSION = /session|\bagents?\b|engagement/i;
/** What speaks of whether, from where or how often somebody may ask: access, quotas, locations and policies. */
const OF_ACCESS =
  /access|allow|forbid|permi|authori[sz]|authentica|\b(?:log|sign)[-\s]?in\b|den(?:y|ied)|block|quota|\brates?\b|\blimit|thrott|too many|locat|region|countr|\bgeo|embargo|export|polic(?:y|ies)|\brules?\b|firewall|\bips?\b|network|proxy|gateway|certificate|token|cookie|csrf|captcha|\bbots?\b|security/i;
/** Not a chat's agent, but the browser that a firewall speaks of. */
const USER_AGENT = /user[-\s]?agents?/gi;

/**
 * Whether a 403 with this content is the chat server's own: it has a code of the pages, or another code and says
 * nothing of access, or speaks of the session or the agent alone.
 */
export function isOwnForbidden(json: object): boolean {
  const systemError: unknown = 'chatSystemError' in json ? json.chatSystemError : null;
  const errors = [json, ...(isObject(systemError) ? [systemError] : [])];
  const codes = errors.flatMap((error) => textsIn(error, CODE_FIELDS));
  if (codes.some((code) => PUBLISHED_CODES.has(code))) return true;
  // The title of Oracle's error form alone is no mark, though it may speak of access.
  const words = errors.flatMap((error) => textsIn(error, [...WORD_FIELDS, 'title']));
  const said = [...codes, ...words].join(' ').replaceAll('_', ' ').replaceAll(USER_AGENT, '');
  if (OF_ACCESS.test(said)) return false;
  const speaks = errors.flatMap((error) => textsIn(error, WORD_FIELDS)).join(' ');
  return codes.length > 0 || OF_THE_SESSION.test(speaks.replaceAll(USER_AGENT, ''));
}

function textsIn(json: object, fields: readonly string[]): string[] {
  const found = new Map<string, unknown>(Object.entries(json));
  return fields.flatMap((field) => {
    const value = found.get(field);
    return typeof value === 'string' && value.trim() !== '' ? [value] : [];
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
