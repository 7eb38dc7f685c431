import { createCounting } from '../counting.ts';

const count = createCounting('en');

/** The held sessions, adding one, signing off, leaving, and what a crash left over. */
export const sessions = {
  noBridge: 'This window could not reach Signoff. Quit Signoff and start it again.',
  noReply: 'Signoff did not answer this window. Try again; if it goes on, quit and start Signoff.',
  cancel: 'Cancel',
  dismiss: 'Dismiss',
  tryAgain: 'Try again',
  whatHappened: 'What happened',
  views: 'Parts of the window',
  viewSessions: 'Sessions',
  viewResults: 'Results',

  kind: 'Kind',
  kinds: { agent: 'Agent session', engagement: 'Engagement' },
  outcomes: {
    ended: 'Ended',
    'already-over': 'Was already over',
    refused: 'Refused by the server',
    'not-found': 'Not found on the server',
    'server-error': 'Error in the server',
    unreachable: 'Server not reached',
    'timed-out': 'No answer in time',
    unconfirmed: 'Not confirmed',
  },
  causes: {
    asked: 'asked by you',
    quit: 'on quit',
    shutdown: 'on shutdown',
    signal: 'on a system signal',
    suspend: 'on sleep',
    lock: 'on screen lock',
    disconnect: 'on session disconnect',
    idle: 'when idle',
    leftover: 'left over from before',
    server: 'by the server itself',
    replaced: 'replaced by a newer session',
  },
  /** A session without a label. */
  agentName: (accountId: string) => `Agent ${accountId}`,
  engagementName: (maskedId: string) => `Engagement ${maskedId}`,

  /** Behind a number. */
  units: { ms: 'ms', s: 's', min: 'min', h: 'h', d: 'd' },
  justNow: 'just now',
  /** The end of a list that names only its first. */
  more: (more: number) => count(more, { other: '# more' }),
  heldForLessThanAMinute: 'Held for less than a minute',
  heldFor: (duration: string) => `Held for ${duration}`,
  heldSince: (moment: string) => `Held since ${moment}`,
  timeLeft: (duration: string) => `${duration} left`,
  clockAhead: (duration: string) => `${duration} ahead`,
  clockBehind: (duration: string) => `${duration} behind`,

  headline: (held: number) =>
    held === 0
      ? 'Nothing held.'
      : count(held, {
          one: '# session held — it ends when you leave.',
          other: '# sessions held — they end when you leave.',
        }),
  headlineEnding: (ending: number) => count(ending, { other: '# being signed off' }),
  headlineNeedsYou: (refused: number) =>
    count(refused, { one: '# needs you', other: '# need you' }),
  headlineStillHeld: (failed: number) => count(failed, { other: '# could not be ended' }),

  /** A machine that shares the agent’s files; `moment` is when it was handed in, null if that is not known. */
  heldElsewhere: (host: string, moment: string | null) =>
    moment === null ? `Held by ${host}` : `Held by ${host} since ${moment}`,
  elsewhereMeans:
    'Somebody may be at work there, so Signoff on this computer does not end it by itself. Sign off here if nobody is.',
  elsewhereSealed:
    'What it is can be read on that computer alone: sign off there, or in your console.',

  held: 'Held sessions',
  addSession: 'Add session',
  signOff: 'Sign off',
  signOffAll: 'Sign off all',
  force: 'Force',
  forceQuestion: (name: string) => `Force ${name}?`,
  forceMeans: 'End it although the server refused? Chats that are still open in it are cut off.',
  forceSignOff: 'Force sign-off',
  /** What a button does, and to which session. */
  actionOn: (action: string, name: string) => `${action}: ${name}`,
  details: 'Details',

  server: 'Server',
  site: 'Site',
  account: 'Account',
  session: 'Session',

  signingOff: 'Signing off…',
  /** What a sign-off under way is doing, by its cause. */
  ending: {
    asked: 'Signing off',
    quit: 'Signing off on quit',
    shutdown: 'Signing off on shutdown',
    signal: 'Signing off on a system signal',
    suspend: 'Signing off on sleep',
    lock: 'Signing off on screen lock',
    disconnect: 'Signing off on session disconnect',
    idle: 'Signing off when idle',
    leftover: 'Signing off a leftover',
    server: 'Ended by the server',
    replaced: 'Replaced by a newer session',
  },
  endingByForce: 'Signing off by force',
  /** What it is doing, and for which time: `attempt` counts from 1. */
  endingAttempt: (doing: string, attempt: number) =>
    count(attempt, { other: `${doing} · attempt #` }),
  attempt: (attempt: number) => count(attempt, { other: 'Attempt #' }),

  serverSays: 'The server says',
  /** The server’s own words, in one line with others. */
  serverSaid: (text: string) => `The server says: “${text}”`,
  code: (code: string) => `Code ${code}`,
  /** Who seems to have answered in the chat server’s place. */
  answeredBy: {
    gateway: 'A gateway or firewall seems to have answered in the server’s place.',
    'sign-in': 'A sign-in page seems to have answered in the server’s place.',
    nobody: 'The answer was empty, so it does not tell that the session is over.',
    unknown: 'What answered does not speak as the chat server does.',
  },
  answererCalled: (name: string) => `It calls itself “${name}”.`,
  answererSaid: (text: string) => `It says: “${text}”`,
  faults: {
    CONNECTION_REFUSED: 'Nothing accepts connections at the server’s address.',
    NAME_NOT_FOUND: 'The server’s name could not be looked up.',
    CONNECTION_BROKEN: 'The connection broke off before the answer was complete.',
    CONNECT_TIMEOUT: 'No connection to the server could be made in time.',
    TLS_FAILED: 'No secure connection to the server could be made.',
    CERTIFICATE_REJECTED: 'The server’s certificate could not be trusted.',
    CLIENT_CERTIFICATE_REJECTED:
      'The server did not accept this computer’s client certificate, or there is none.',
    PROXY_UNREACHABLE: 'The proxy could not be reached.',
    PROXY_REFUSED: 'The proxy did not connect to the server.',
    PROXY_AUTHENTICATION_REQUIRED: 'The proxy wants a user name and password.',
    PROXY_NOT_SUPPORTED: 'The system names a kind of proxy that Signoff cannot use.',
    NO_CONNECTION: 'The server could not be reached.',
    TIMED_OUT: 'The server took the request, but did not answer in time.',
    NOT_THIS_API: 'Something answered that is no chat server.',
    REPLY_TOO_LARGE: 'The answer was too large to be a chat server’s.',
  },
  faultStatus: (status: string) => `The server answered with the error status ${status}.`,
  faultWithoutReason: 'The server refused without giving a reason.',
  nextTry: (duration: string) => `Tries again in ${duration}`,
  nextTryNow: 'Tries again now',
  nextTryOnline: 'Tries again once there is a network',
  nextNeedsForce: 'Needs you: force it, or finish your chats and try again.',
  nextNeedsAddress: 'Needs you: the address may be wrong. Signoff tries again when you leave.',
  nextWhenLeaving: 'Still held. Signoff tries again when you leave.',

  firstRunTitle: 'Signed off, whatever happens',
  firstRunAdd:
    'Add the session you are working in, and Signoff ends it on the chat server when you leave.',
  /** The first step where one may sign in, and where one may also add a session. */
  firstRunSignIn: 'Sign in here, and Signoff ends your session on the chat server when you leave.',
  firstRunEither:
    'Sign in here, or add the session you are working in. Signoff ends it on the chat server when you leave.',
  firstRunLeave: 'Quit, log out, shut down or lose the machine: none leaves a session behind.',
  firstRunSee: 'You see what the server answered, and how long it took.',
  emptyTitle: 'No session is held',
  emptyText: 'Add the next one when you sign in to chat.',
  emptySignIn: 'Sign in again when you are back at work.',
  emptyCommand: 'Or on the command line:',
  lately: 'Just ended',
  serverTook: (processing: string, roundTrip: string) =>
    `The server took ${processing} of ${roundTrip}`,
  roundTripTook: (roundTrip: string) => `Took ${roundTrip}`,
  allResults: 'All results',

  offlineTitle: 'No network',
  offlineText:
    'Sessions stay held. Nothing can be ended until this computer is connected again; what is due is ended then.',
  notDurableTitle: 'Kept in memory only',
  notDurableText:
    'This computer offers no encryption, so sessions are kept in memory only. If Signoff is killed, it can’t end them at its next start.',
  folderUnusableText:
    'Signoff’s folder on this computer can’t be written to, so sessions are kept in memory only. If Signoff is killed, it can’t end them at its next start. Your IT department finds the reason in the log.',
  keyPendingTitle: 'Not saved safely yet',
  keyPendingText:
    'Windows has yet to save the key that sessions are encrypted with. If this computer fails in the next seconds, Signoff can’t end them at its next start.',
  setAsideTitle: 'Sessions from before could not be read',
  setAsideText: (file: string) =>
    `If you were signed in, sign off by hand in your console. The file was kept for IT as “${file}”.`,

  addHint: 'Type it in, or paste it as JSON anywhere in this form.',
  holdSession: 'Hold session',
  notTaken: (keys: string) => `Not taken from what you pasted: ${keys}`,
  /** Fields whose values have lost quotes and the like. */
  cleaned: (fields: string) => `Without what was copied along: ${fields}. Please check.`,
  /** Both count from 1. */
  pastedBroken: (line: number, column: number) =>
    `What you pasted is no whole JSON: it breaks in line ${line}, at character ${column}.`,
  pastedCutOff: 'What you pasted is no whole JSON: its end is missing.',
  optional: 'optional',
  showSessionId: 'Show session id',
  fields: {
    server: 'Server address',
    fqSiteName: 'Site name',
    pool: 'Pool',
    accountId: 'Account id',
    sessionId: 'Session id',
    label: 'Label',
  },
  hints: {
    server: 'Such as https://chat.example.com',
    fqSiteName: 'Such as day001_221100_sql_001h',
    pool: 'Such as 297:1',
    accountId: 'Such as 12',
    sessionId: 'Kept secret',
    label: 'What you call it',
  },
  /** Of a field, behind its name. */
  problems: {
    missing: 'is missing',
    'too-long': 'is longer than 512 characters',
    'label-too-long': 'is longer than 100 characters',
    'not-ascii': 'may only have letters, digits and signs of plain ASCII, and no spaces',
    'control-characters': 'may not have line breaks or other control characters',
    'invisible-characters':
      'may not have invisible characters, such as come along with copied text',
    'stray-signs': 'may not have quotes, commas or other signs that do not belong to it',
    colon: 'may not have a colon',
    'not-a-site': 'is not a site name',
    'whole-address': 'must be the name alone, not a whole address',
    'not-a-kind': 'must be an agent session or an engagement',
    'not-a-field': 'is not a field of a session',
    'not-an-address': 'must be an address such as https://chat.example.com',
    'not-https': 'must begin with https://',
    'plain-http': 'must begin with https://; plain http:// is only for this machine itself',
    credentials: 'may not hold a user name or password',
    'more-than-host': 'must be the address alone, without anything behind the host and port',
    'not-allowed': 'is not among the servers that your organisation allows (allowedServers)',
    'not-offered': 'Your organisation does not offer handing sessions in (sessionsFrom).',
  },
  fieldProblem: (field: string, problem: string) => `${field} ${problem}`,
  unknownFieldProblem: (field: string, problem: string) => `“${field}” ${problem}`,

  checkAddress: 'Check the address',
  checking: 'Checking…',
  checkWell: (duration: string) =>
    `The address is right. The server answered in ${duration}; nothing was ended.`,
  checkWrong: {
    host: 'No chat server answers at this address.',
    site: 'The server does not know this site.',
    pool: 'The server knows the site, but not this pool.',
    unclear: 'Something answered, but not in a way that tells whether the address is right.',
  },

  stoppedWhileHeld: (held: number) =>
    count(held, {
      one: 'Signoff stopped unexpectedly while # session was held',
      other: 'Signoff stopped unexpectedly while # sessions were held',
    }),
  stillAtWork: 'Are you still at work?',
  withoutAnswer: (held: number, duration: string) =>
    count(held, {
      one: `Without an answer it is signed off in ${duration}.`,
      other: `Without an answer they are signed off in ${duration}.`,
    }),
  /** The whole of the question as it is said aloud. */
  leftoverSaid: (stopped: string, names: string, question: string, warning: string) =>
    `${stopped}: ${names}. ${question} ${warning}`,
  seconds: (seconds: number) => count(seconds, { one: '# second', other: '# seconds' }),
  keepHolding: 'Keep holding',
  signOffNow: 'Sign off now',

  /** In the place of an outcome, where the server ended the session and nobody had asked. */
  endedByServer: 'Ended by the server',
  /** The same, where a newer session of the account took its place. */
  replaced: 'Replaced by a newer session',

  presence: { present: 'Present', reconnecting: 'Reconnecting', dropped: 'Dropped by the server' },
  /** `time` is a countdown in minutes and seconds. */
  droppedIn: (time: string) => `Reconnecting — dropped in ${time}`,
  presenceMeans: {
    reconnecting: 'The server cannot be reached. Signoff keeps trying.',
    dropped:
      'The server has not heard from you for too long, and sends you no more chats. Sign off, then sign in again.',
  },
  /** Where something answers, but not that the agent is present. */
  presenceDoubted: (said: string) =>
    `What answers does not say that you are present. Signoff keeps trying. It says: “${said}”`,
  chatOffered: (time: string) =>
    `A chat was offered to you at ${time}. Signoff cannot take chats: take it in your console, or the server gives it to somebody else.`,
  headlineReconnecting: (away: number) => count(away, { other: '# reconnecting' }),
  headlineDropped: (away: number) => count(away, { other: '# dropped' }),

  activity: {
    of: (name: string) => `Status of ${name}`,
    values: { available: 'Available', unavailable: 'Unavailable', unknown: 'Status not known' },
    kinds: 'How you are available',
    reasons: 'Why you are unavailable',
    changing: 'Changing…',
  },
  /** Why a change of it did not come about; `serverWords` are the server’s own. */
  activityProblems: {
    conflict: (serverWords: string) =>
      `The server did not accept it, because it conflicts with what you are doing there. It says: ${serverWords}`,
    notChanged: (serverWords: string) => `Your status was not changed: ${serverWords}`,
    noSession: 'No session that was started here is held, so there is no status to set.',
  },

  originAsks: (host: string) => `${host} wants to hand over sessions`,
  originMeans:
    'Allow it only if this is the console that you work in. Signoff holds the sessions that it hands over, and ends them when you leave.',
  originWithoutAnswer: (duration: string) => `Without an answer it is turned away in ${duration}.`,
  /** The whole of the question as it is said aloud. */
  originSaid: (asks: string, origin: string, means: string) => `${asks}: ${origin}. ${means}`,
  allowOrigin: 'Allow',
  denyOrigin: 'Don’t allow',

  /** A shutdown that ended sessions and did not come; `signedOut`: agent sessions were among them. */
  calledOffTitle: 'The shutdown was called off',
  calledOffText: (ended: number, signedOut: boolean) => {
    const text = count(ended, {
      one: 'Signoff had already ended # session.',
      other: 'Signoff had already ended # sessions.',
    });
    return signedOut ? `${text} Sign in again to go on.` : text;
  },
  /** The whole of it as it is said aloud. */
  calledOffSaid: (title: string, names: string, means: string) => `${title}: ${names}. ${means}`,
  signInAgain: 'Sign in again',

  leavingTitle: 'Signing off before quitting…',
  leavingLeft: (left: number) => count(left, { other: '# still to end' }),
  leavingNothingLeft: 'Everything is over.',
  leavingList: 'What is being ended',
  over: 'Over',
  waiting: 'Waiting',
  notOver: (held: number) =>
    held === 1 ? 'One session is not over' : count(held, { other: '# sessions are not over' }),
  notEnded: (held: number) =>
    count(held, { one: 'Signoff could not end it.', other: 'Signoff could not end them.' }),
  notOverList: 'What is not over',
  /** Where IT does not let the agent quit with something held; and what there is to do then. */
  mayNotQuit: 'Your organisation does not let Signoff quit while something is still held.',
  stay: 'Keep Signoff open',
  quitsWithoutAnswer: 'Without an answer Signoff quits.',
  quitFinishesLater: 'Quit; Signoff will finish at its next start',
  quitLeavesOpen:
    'Quit anyway; these sessions stay open on the server until it drops them (up to 6 minutes)',
};
