/** Signing in: the form, what is under way, and what goes wrong. */
export const signIn = {
  signIn: 'Sign in',
  title: 'Sign in to chat',
  hint: 'Signoff keeps you present, and ends the session when you leave.',
  fields: {
    site: 'Site address',
    userName: 'User name',
    accountId: 'Account id',
    password: 'Password',
  },
  hints: {
    site: 'Such as https://service.example.com',
    userName: 'As in your console',
    accountId: 'Such as 12',
    password: 'Goes to this site only',
  },
  /** In the empty field, where a password is remembered. */
  remembered: 'Remembered; may stay empty',
  showPassword: 'Show password',
  forget: 'Forget',
  forgetPassword: 'Forget the remembered password',
  available: 'Available for chats at once',
  remember: 'Remember me',
  rememberHint: 'Keeps the password encrypted on this computer',

  starting: 'Signing in…',
  /** What is going on. */
  steps: {
    settings: 'Finding the chat server…',
    token: 'Confirming who you are…',
    session: 'Starting the session…',
    status: 'Setting your status…',
  },
  /** What did not come about, as a title. */
  failed: {
    settings: 'The site did not name its chat server',
    token: 'The site did not confirm who you are',
    session: 'The chat server did not start a session',
    status: 'Your status could not be set',
  },
  advice: {
    password: 'Check the user name and the password.',
    account: 'Check the account id. If it is right, ask your IT whether it may work in chats.',
    site: 'Check the site address.',
    network: 'Check this computer’s network, then sign in again.',
    'try-again': 'Wait a moment, then sign in again.',
    'ask-it': 'Ask your IT, and tell them what is said here.',
    disk: 'Make room on the disk, then sign in again.',
  },
  /** What stood in the way where it was not the server, by its code. */
  faults: {
    NOT_THIS_API: 'What answered is not such a site, or not one that Signoff understands.',
    /** A pool, a token or the like, which is not said. */
    UNUSABLE: 'The site’s answer has a value that Signoff cannot use.',
    NOT_SAVED: 'The session could not be saved on this computer, so it was ended again.',
    NOT_ENDED:
      'The session could not be saved on this computer, and not ended again either. The server drops it by itself after some minutes.',
    UNKNOWN_SESSION:
      'The server does not know its new session by this account id. Signoff has ended what it could.',
    ANSWER_LOST:
      'The answer was lost, so the server may have a session for you all the same. It drops it by itself after some minutes, or you take it over at the next try.',
    NOT_ALLOWED: 'Your organisation does not allow this site or its chat server (allowedServers).',
    NOT_OFFERED: 'Your organisation does not offer signing in with Signoff (sessionsFrom).',
    LEAVING: 'Signoff is quitting. Sign in after its next start.',
  },
  /** Of the whole, by its code. */
  problems: { 'under-way': 'A sign-in is under way already.' },
  cancelled: 'Cancelled. You are not signed in.',
  /** `why` is a sentence. */
  statusProblem: (why: string) => `You are signed in, but your status could not be set. ${why}`,

  conflict: {
    title: 'You are already signed in elsewhere',
    means:
      'The server has a session of yours already, perhaps in a browser or on another computer. Take it over? It ends there, and goes on here.',
    /** The same where it may be of a try just before. */
    perhapsOursTitle: 'You may already be signed in',
    perhapsOursMeans:
      'The server has a session of yours. It may be from the try just before, whose answer was lost. Take it over? If it is in use elsewhere, it ends there.',
    takeOver: 'Take over',
  },
};
