/** The most important first; the values of the setting `logLevel`. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** All events of the log; see `docs/logs.md`. Their names must not change, because people search for them. */
export const LOG_EVENTS = {
  ready: { level: 'info', fields: ['version', 'durable', 'held'] },
  'not-wanted-at-login': { level: 'info', fields: [] },
  going: { level: 'info', fields: ['held'] },
  'signed-off': {
    level: 'debug',
    fields: ['kind', 'cause', 'outcome', 'forced', 'attempts', 'server', 'tookMs'],
  },
  'not-signed-off': {
    level: 'warn',
    fields: ['kind', 'cause', 'outcome', 'forced', 'attempts', 'server', 'tookMs'],
  },
  'machine-unseen': { level: 'info', fields: ['host', 'held'] },
  'let-go': {
    level: 'warn',
    fields: ['kind', 'cause', 'outcome', 'forced', 'attempts', 'server', 'tookMs'],
  },
  'signed-in': { level: 'info', fields: ['server'] },
  'not-signed-in': { level: 'warn', fields: ['step', 'code'] },
  'sign-in-not-remembered': { level: 'error', fields: ['error'] },
  'presence-lost': { level: 'warn', fields: ['server'] },
  'presence-dropped': { level: 'warn', fields: ['server'] },
  'presence-back': { level: 'info', fields: ['server'] },
  'value-refused': { level: 'warn', fields: ['from', 'field', 'problem'] },
  'chat-offered': { level: 'warn', fields: ['server'] },
  'browser-handed-in': { level: 'info', fields: ['origin'] },
  'browser-refused': { level: 'warn', fields: ['reason', 'origin'] },
  'browser-not-listening': { level: 'error', fields: ['problem'] },
  'browser-not-remembered': { level: 'error', fields: ['error'] },
  'uncaught-exception': { level: 'error', fields: ['error'] },
  'folder-unusable': { level: 'error', fields: ['problem'] },
  'vault-not-read': { level: 'error', fields: ['error'] },
  'vault-write-failed': { level: 'error', fields: ['error'] },
  'receipt-write-failed': { level: 'error', fields: ['error'] },
  'settings-not-saved': { level: 'error', fields: ['error'] },
  'setting-ignored': { level: 'warn', fields: ['problem'] },
  'policy-ignored': { level: 'warn', fields: ['source', 'problem'] },
  'policy-not-read': { level: 'error', fields: ['source', 'problem'] },
  'policy-not-remembered': { level: 'error', fields: ['error'] },
  'policy-not-watched': { level: 'warn', fields: ['error'] },
  'network-setting-ignored': { level: 'warn', fields: ['problem'] },
  'login-item-failed': { level: 'warn', fields: ['error'] },
  'prune-failed': { level: 'warn', fields: ['error'] },
  'sleep-not-inhibited': { level: 'warn', fields: ['error'] },
  'session-not-watched': { level: 'warn', fields: ['error'] },
  'command-failed': { level: 'warn', fields: ['error'] },
  'commands-not-heard': { level: 'error', fields: ['error'] },
  'window-failed': { level: 'error', fields: ['error'] },
  'window-crashed': { level: 'error', fields: ['reason'] },
  'process-gone': { level: 'warn', fields: ['type', 'reason'] },
  'log-not-written': { level: 'error', fields: ['error'] },
  'telemetry-failed': { level: 'warn', fields: ['error'] },
  'updates-off': { level: 'info', fields: ['reason'] },
  'update-found': { level: 'info', fields: ['version'] },
  'update-downloaded': { level: 'info', fields: ['version'] },
  'update-installing': { level: 'info', fields: ['version'] },
  'update-failed': { level: 'warn', fields: ['error'] },
} as const satisfies Record<string, { level: LogLevel; fields: readonly string[] }>;

export type EventName = keyof typeof LOG_EVENTS;
export type FieldsOf<E extends EventName> = (typeof LOG_EVENTS)[E]['fields'][number];
