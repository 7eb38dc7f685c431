import * as z from 'zod';
import { isOrigin, isSafeUrl, isServerPattern, isWebUrl } from './addresses.ts';

const PROXY_PROBLEM =
  'must be "system", "direct" or an address such as "http://proxy.example.com:8080"';

/** The languages that there is a catalogue for; `system` follows the person's own. */
export const LANGUAGES = ['en', 'es', 'fr', 'de', 'ja', 'pt-BR'] as const;

/** The least and the most that a number may be, both included. Whole numbers only. */
interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** Those of the numbers that the window shows. */
const BOUNDS = {
  receiptDays: { least: 7, most: 3650 },
  idleMinutes: { least: 1, most: 480 },
} as const;
export type SettingBounds = typeof BOUNDS;

const within = ({ least, most }: Bounds) => z.number().int().min(least).max(most);

const TEXT_LIMIT = 512;
/** The most that a list may have in it. */
export const LONGEST_LIST = 100;
const text = z.string().max(TEXT_LIMIT);
/** Text that is empty, or else good; `problem` says what it must be. */
const textThat = (isGood: (value: string) => boolean, problem: string) =>
  text.refine((value) => value === '' || isGood(value), problem);

const file = (example: string) =>
  text.regex(
    /^$|^(?:\/|[A-Za-z]:[\\/]|\\\\)\P{Cc}*$/u,
    `must be a whole path, such as "${example}"`,
  );

/**
 * The settings that the agent may change in the window, for as long as no policy sets them; each with
 * its default, its bounds, and what it does, for IT's reading.
 */
export const agentSettingsSchema = z.object({
  startAtLogin: z.boolean().default(false).meta({
    title: 'Start at login',
    description:
      'Whether Signoff starts, in the tray, when the person logs in to the machine. Where it is left out, the agent chooses, and it does not start until they have.',
  }),
  notifyOutcomes: z.boolean().default(true).meta({
    title: 'Notify of outcomes',
    description:
      'Whether a notification tells of what could not be ended, and of leftovers that were. Where it is left out, the agent chooses, and it does until they have.',
  }),
  notifyHandIns: z.boolean().default(true).meta({
    title: 'Notify of hand-ins',
    description:
      'Whether a notification tells that a session was handed in from outside the window. Where it is left out, the agent chooses, and it does until they have.',
  }),
  appearance: z.enum(['system', 'light', 'dark']).default('system').meta({
    title: 'Appearance',
    description:
      'How the window looks: light, dark, or as the system does. Where it is left out, the agent chooses, and it follows the system until they have.',
  }),
  language: z
    .enum(['system', ...LANGUAGES])
    .default('system')
    .meta({
      title: 'Language',
      description:
        "What Signoff speaks; `system` is the first of the person's preferred languages that it speaks. Where it is left out, the agent chooses, and it follows the system until they have.",
    }),
  receiptDays: within(BOUNDS.receiptDays).default(90).meta({
    title: 'Days that results are kept',
    description:
      'How many days receipts are kept at least; they are deleted by whole months. Where it is left out, the agent chooses, and it is 90 days until they have.',
  }),
  leftover: z.enum(['ask', 'sign-off', 'resume']).default('ask').meta({
    title: 'What becomes of leftovers',
    description:
      'What becomes of sessions that a crash left over within the same login: `ask` the agent, who may still be at work, and sign off after a minute without an answer; `sign-off` at once; or `resume`, go on holding them. Where it is left out, the agent chooses, and is asked until they have.',
  }),
  signOffOnSuspend: z.boolean().default(false).meta({
    title: 'Sign off when the machine goes to sleep',
    description:
      'Whether what is held is signed off when the machine goes to sleep. Where it is left out, the agent chooses, and it is not until they have.',
  }),
  signOffOnLock: z.boolean().default(false).meta({
    title: 'Sign off when the screen is locked',
    description:
      'Whether what is held is signed off when the screen is locked; Windows and macOS tell, Linux does not. Where it is left out, the agent chooses, and it is not until they have.',
  }),
  signOffOnIdle: z.boolean().default(false).meta({
    title: 'Sign off when nobody touches the machine',
    description:
      'Whether what is held is signed off when nobody has touched keyboard or mouse for `idleMinutes`. Where it is left out, the agent chooses, and it is not until they have.',
  }),
  idleMinutes: within(BOUNDS.idleMinutes).default(15).meta({
    title: 'Minutes without a touch',
    description:
      'After how many minutes nobody is there, for `signOffOnIdle`. Where it is left out, the agent chooses, and it is 15 minutes until they have.',
  }),
});

/** The settings that IT alone may change, by policy. */
const itSettingsSchema = z.object({
  allowedServers: z
    .array(
      text.refine(
        isServerPattern,
        'must be "https://chat.example.com", "https://*.example.com" or "*"',
      ),
    )
    .max(LONGEST_LIST)
    .default(['*'])
    .meta({
      title: 'Allowed servers',
      description:
        'The chat servers that a session may be handed in for: whole addresses such as `https://chat.example.com`, or `https://*.example.com` for every host below `example.com` (not `example.com` itself). A pattern that is not valid is passed over by itself; where none is valid, or the list is empty, no server is allowed. A session that is held already is ended whatever stands here. Where it is left out, every server is allowed (`*`).',
    }),
  defaultServer: textThat(isOrigin, 'must be an address such as "https://chat.example.com"')
    .default('')
    .meta({
      title: 'Default server',
      description:
        'The server of a session that is handed in without one, and what the form begins with. Where it is left out or empty, every hand-in has to name its server.',
    }),
  defaultSite: textThat(
    (value) => !/^\.{1,2}$|^\s|\s$|\p{Cc}/u.test(value) && value.isWellFormed(),
    'must be a site name',
  )
    .default('')
    .meta({
      title: 'Default site',
      description:
        'The site (`fqSiteName`) of a session that is handed in without one, and what the form begins with. Where it is left out or empty, every hand-in has to name its site.',
    }),
  defaultPool: text
    .regex(/^[\x21-\x7e]*$/, 'must be a pool such as "297:1"')
    .default('')
    .meta({
      title: 'Default pool',
      description:
        'The pool of a session that is handed in without one, and what the form begins with. Where it is left out or empty, an engagement has to name its pool, and an agent session goes without.',
    }),

  quitBudgetSeconds: within({ least: 1, most: 10 }).default(5).meta({
    title: 'Seconds to sign off on quitting',
    description:
      'How long quitting waits for sessions to end before the agent is asked. Where it is left out, 5 seconds.',
  }),
  shutdownBudgetSeconds: within({ least: 1, most: 30 }).default(4).meta({
    title: 'Seconds to sign off on shutdown',
    description:
      'How long Signoff takes to end sessions when the machine shuts down or the person logs out. Windows and Linux kill after about 5 seconds unless they are configured otherwise; what was not over by then is signed off at the next start. Where it is left out, 4 seconds.',
  }),
  signalBudgetSeconds: within({ least: 1, most: 60 }).default(4).meta({
    title: 'Seconds to sign off on a signal',
    description:
      'How long Signoff takes to end sessions when another process asks it to go (`SIGTERM`, `SIGINT`, `SIGHUP`). Where it is left out, 4 seconds.',
  }),
  suspendBudgetSeconds: within({ least: 1, most: 30 }).default(4).meta({
    title: 'Seconds to sign off before sleep',
    description:
      'How long Signoff takes to end sessions before the machine sleeps. Linux holds sleep back for 5 seconds unless it is configured otherwise. Where it is left out, 4 seconds.',
  }),
  askedBudgetSeconds: within({ least: 1, most: 60 }).default(10).meta({
    title: 'Seconds to sign off while at work',
    description:
      'How long a sign-off may take while Signoff keeps running: asked for, on lock, or on idle. Where it is left out, 10 seconds.',
  }),
  leftoverBudgetSeconds: within({ least: 5, most: 300 }).default(30).meta({
    title: 'Seconds to sign off leftovers',
    description:
      'How long a sign-off of leftover sessions may take after a start. Where it is left out, 30 seconds.',
  }),
  mayQuitHolding: z.boolean().default(true).meta({
    title: 'The agent may quit while something is held',
    description:
      'Whether the agent may quit although something that is held could not be ended. Where they may not, quitting is refused after it was tried; a shutdown, a logout or a signal is never held up. Where it is left out, they are asked, and may.',
  }),

  proxy: text
    .regex(
      /^(?:system|direct|https?:\/\/(?:[^\s/?#@:]+:[^\s/?#@]*@)?(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5})$/,
      PROXY_PROBLEM,
    )
    .refine((value) => !value.includes(':') || URL.canParse(value), PROXY_PROBLEM)
    .default('system')
    .meta({
      title: 'Proxy',
      description:
        "How Signoff reaches the network: `system` for the system's own proxy settings, `direct` for none, or the address of a proxy such as `http://proxy.example.com:8080`. Where the proxy wants a user name and password (Basic), they stand before its name, percent-encoded: `http://user:password@proxy.example.com:8080`; whoever may read the policy can read them. Where it is left out, the system's settings count.",
    }),
  extraCaCertificates: file('/etc/ssl/company.pem').default('').meta({
    title: 'Extra CA certificates',
    description:
      "The whole path of a PEM file with certificates that are trusted beside the system's. Where it is left out or empty, the system's alone are.",
  }),
  clientCertificate: file('/etc/ssl/signoff.pem').default('').meta({
    title: 'Client certificate',
    description:
      'The whole path of a PEM file with the TLS client certificate and its key. Where it is left out or empty, Signoff shows none.',
  }),
  logLevel: z.enum(['error', 'warn', 'info', 'debug']).default('info').meta({
    title: 'Log level',
    description: 'The least that is logged. Where it is left out, `info` and what is worse.',
  }),
  logFolder: file('/var/log/signoff').default('').meta({
    title: 'Log folder',
    description:
      "The whole path of the folder that logs are written to; the person's account must be able to write there. Where it is left out or empty, the platform's own folder for logs.",
  }),
  updateFeed: textThat(
    isSafeUrl,
    'must be an address such as "https://updates.example.com/signoff"',
  )
    .default('')
    .meta({
      title: 'Update feed',
      description:
        'Where Signoff looks for its updates. Where it is left out or empty, it never looks for any.',
    }),
  updateChannel: z.enum(['latest', 'beta']).default('latest').meta({
    title: 'Update channel',
    description:
      'Which updates of `updateFeed` are taken. Where it is left out, `latest`: released versions only.',
  }),
  telemetryEndpoint: textThat(
    isWebUrl,
    'must be an address such as "https://otel.example.com:4318"',
  )
    .default('')
    .meta({
      title: 'Telemetry endpoint',
      description:
        'The OTLP/HTTP endpoint that each sign-off is reported to. Where it is left out or empty, nothing is reported.',
    }),
});

/** Every setting: the only place where one is declared is one of the two above. */
export const settingsSchema = z.object({
  ...agentSettingsSchema.shape,
  ...itSettingsSchema.shape,
});
export type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;

export const agentSettingNameSchema = agentSettingsSchema.keyof();
export type AgentSettingName = z.infer<typeof agentSettingNameSchema>;

/** Whether the agent may change it while no policy sets it; if not, IT alone may. */
export function isAgents(name: string): name is AgentSettingName {
  return Object.hasOwn(agentSettingsSchema.shape, name);
}
