import * as z from 'zod';
import { isOrigin, isSafeUrl, isServerPattern } from './addresses.ts';

const PROXY_PROBLEM =
  'must be "system", "direct" or an address such as "http://proxy.example.com:8080"';

/** The languages that have a catalogue. */
export const LANGUAGES = ['en', 'es', 'fr', 'de', 'ja', 'pt-BR'] as const;

/** The bounds of a whole number, inclusive. */
interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** The bounds that the window shows. */
const BOUNDS = {
  receiptDays: { least: 7, most: 3650 },
  idleMinutes: { least: 1, most: 480 },
} as const;
export type SettingBounds = typeof BOUNDS;

const within = ({ least, most }: Bounds) => z.number().int().min(least).max(most);

const TEXT_LIMIT = 512;
const CONTEXT_LIMIT = 40;
const TOKEN_LIMIT = 200;
/** Marks a setting whose value is never shown: JSON schema's keyword for it. */
const SECRET = { writeOnly: true };
const MAX_LIST = 100;
const MAX_AGENT_LIST = 20;
const text = z.string().max(TEXT_LIMIT);
/** Text that is empty or valid; `problem` says what it must be. */
const textThat = (isValid: (value: string) => boolean, problem: string) =>
  text.refine((value) => value === '' || isValid(value), problem);

/** A list of at most `most` texts; `maxItems` makes the bound readable from the schema. */
const list = (entry: z.ZodString, most: number) =>
  z.array(entry).max(most).meta({ maxItems: most });

const file = (example: string) =>
  text.regex(
    /^$|^(?:\/|[A-Za-z]:[\\/]|\\\\)\P{Cc}*$/u,
    `must be a whole path, such as "${example}"`,
  );

/**
 * For settings that restrict: the strictest value, which replaces a policy's invalid one, so that a typo
 * never permits what IT meant to forbid. Register it last: the registry is keyed by the schema instance.
 */
export const FALLBACKS = z.registry<{ value: z.$output }>();

const whenAway = z.enum(['nothing', 'unavailable', 'sign-off']);

/** The settings that the agent may change in the window while no policy sets them. */
export const agentSettingsSchema = z.object({
  startAtLogin: z.boolean().default(false).meta({
    title: 'Start at login',
    description:
      'Whether Signoff starts, in the tray, when the person logs in to the machine, and again where it was killed. Where it is left out, the agent chooses, in Signoff or in the desktop; until they have, it starts where it is installed for everybody, and nowhere else.',
  }),
  notifyOutcomes: z.boolean().default(true).meta({
    title: 'Notify of outcomes',
    description:
      'Whether a notification tells of what could not be ended, of leftovers that were, of what the server ended by itself or cannot be reached for, of what a shutdown ended that was called off, and of a status that could not be set. Where it is left out, the agent chooses, and it does until they have.',
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
  leftover: z
    .enum(['ask', 'sign-off', 'resume'])
    .default('ask')
    .meta({
      title: 'What becomes of leftovers',
      description:
        'What becomes of sessions that a crash left over within the same login: `ask` the agent, who may still be at work, and sign off where they have not answered within `leftoverAfterSeconds`; `sign-off` at once; or `resume`, go on holding them. Where it is left out, the agent chooses, and is asked until they have.',
    })
    .register(FALLBACKS, { value: 'sign-off' }),
  onSuspend: whenAway.default('nothing').meta({
    title: 'When the machine goes to sleep',
    description:
      'What is done when the machine goes to sleep: `nothing`; `unavailable`, sessions that were signed in to here are set unavailable, and available again on waking up where they had been; or `sign-off`, all that is held is signed off. Where it is left out, the agent chooses, and it is `nothing` until they have.',
  }),
  onLock: whenAway.default('nothing').meta({
    title: 'When the screen is locked',
    description:
      'What is done when the screen is locked: `nothing`; `unavailable`, sessions that were signed in to here are set unavailable, and available again on unlocking where they had been; or `sign-off`, all that is held is signed off. On Linux it takes a desktop that tells logind of its lock, as GNOME and KDE do. Where it is left out, the agent chooses, and it is `nothing` until they have.',
  }),
  onDisconnect: z
    .enum(['as-lock', ...whenAway.options])
    .default('as-lock')
    .meta({
      title: 'When the session is disconnected',
      description:
        'What is done when a remote desktop session is disconnected, or another person takes over the screen: `as-lock`, what `onLock` says; `nothing`; `unavailable`, sessions that were signed in to here are set unavailable, and available again on returning where they had been; or `sign-off`, all that is held is signed off. A session that was locked before has been locked, not disconnected. Where it is left out, the agent chooses, and it is `as-lock` until they have.',
    }),
  onIdle: whenAway.default('nothing').meta({
    title: 'When nobody touches the machine',
    description:
      'What is done when nobody has touched keyboard or mouse for `idleMinutes`: `nothing`; `unavailable`, sessions that were signed in to here are set unavailable, and available again on the next touch where they had been; or `sign-off`, all that is held is signed off. Where it is left out, the agent chooses, and it is `nothing` until they have.',
  }),
  idleMinutes: within(BOUNDS.idleMinutes).default(15).meta({
    title: 'Minutes without a touch',
    description:
      'After how many minutes nobody is there, for `onIdle`. Where it is left out, the agent chooses, and it is 15 minutes until they have.',
  }),
  browserHandIn: z
    .boolean()
    .default(false)
    .meta({
      title: 'Hand-in from a browser console',
      description:
        'Whether a console in a browser on this machine may hand sessions in, at `http://127.0.0.1:PORT/hold` with the port of `browserHandInPort`. Only pages of `browserOrigins` may, with a token, and each of them only once the agent has allowed it in Signoff. Where it is left out, the agent chooses, and nothing listens until they have switched it on.',
    })
    .register(FALLBACKS, { value: false }),
  browserOrigins: list(
    text.refine(isOrigin, 'must be an address such as "https://console.example.com"'),
    MAX_AGENT_LIST,
  )
    .default([])
    .meta({
      title: 'Consoles that may hand in',
      description:
        'The origins of the consoles in a browser that may hand sessions in while `browserHandIn` is on: whole addresses such as `https://console.example.com`, without a path and without `*`; `http` only for this machine itself. One that is not valid is passed over by itself. Where it is left out, the agent chooses, and no console may until they have named one.',
    })
    .register(FALLBACKS, { value: [] }),
});

/** The site's number for something, and what it is called. */
const numberedName = text.regex(
  /^\d{1,9} [^\s\p{Cc}](?:[^\p{Cc}\p{Zl}\p{Zp}]{0,58}[^\s\p{Cc}])?$/u,
  'must be a number and a name of at most 60 characters, such as "2 Lunch"',
);

/** The settings that only IT may change, by policy. */
const itSettingsSchema = z.object({
  allowedServers: list(
    text.refine(
      isServerPattern,
      'must be "https://chat.example.com", "https://*.example.com" or "*"',
    ),
    MAX_LIST,
  )
    .default(['*'])
    .meta({
      title: 'Allowed servers',
      description:
        'The chat servers that a session may be handed in for, and the sites and chat servers that Signoff may sign in to (a sign-in needs both allowed): whole addresses such as `https://chat.example.com`, or `https://*.example.com` for every host below `example.com` (not `example.com` itself). A pattern that is not valid is passed over by itself; where none is valid, or the list is empty, no server is allowed. A session that is held already is ended whatever stands here. Where it is left out, every server is allowed (`*`).',
    })
    .register(FALLBACKS, { value: [] }),
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

  sessionsFrom: z
    .enum(['both', 'sign-in', 'hand-in'])
    .default('both')
    .meta({
      title: 'How sessions come to be held',
      description:
        'What is offered: `sign-in`, agents sign in with Signoff; `hand-in`, sessions that began elsewhere are handed in (window, command line, browser console); or `both`. What is not offered is turned down; what is held already stays held. Where it is left out, both are offered.',
    })
    .register(FALLBACKS, { value: 'hand-in' }),
  signInSite: textThat(isOrigin, 'must be an address such as "https://support.example.com"')
    .default('')
    .meta({
      title: 'Site to sign in to',
      description:
        'The address of the site that the form for signing in begins with, and that a sign-in on the command line is for where it names none. Where it is left out or empty, the agent types it.',
    }),
  applicationContext: z
    .string()
    .max(CONTEXT_LIMIT)
    .regex(
      /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/,
      `must be 1 to ${CONTEXT_LIMIT} visible characters of plain ASCII, without a space at either end`,
    )
    .default('Signoff')
    .meta({
      title: 'Application context',
      description:
        "What a sign-in says that it is for (`OSvC-CREST-Application-Context`), to be found in the site's own logs: 1 to 40 visible characters of plain ASCII, with spaces only between them. Where it is left out, `Signoff`.",
    }),
  mayRememberPassword: z
    .boolean()
    .default(true)
    .meta({
      title: 'A password may be remembered',
      description:
        'Whether the agent may have their password remembered, encrypted by the operating system for their account. Where they may not, one that was remembered is erased. Where it is left out, they may.',
    })
    .register(FALLBACKS, { value: false }),
  absentAfterSeconds: within({ least: 30, most: 3600 }).default(360).meta({
    title: 'Seconds until the server drops an agent',
    description:
      "After how many seconds without a word from Signoff the chat server drops an agent's session. Agents are shown it while the server cannot be reached, and a session whose end nobody confirms is let go once the same answer has stood for longer. It changes nothing on the server. Where it is left out, 360 seconds: public sources say 240 or 360.",
  }),
  availableKinds: list(numberedName, MAX_LIST).default([]).meta({
    title: 'Kinds of being available',
    description:
      'What an agent may be available for, for them to choose from where there are several: each the number (`subTypeId`) that the site has for it, a space, and what it is called, such as `4 Chats only`. Who signs in, or comes back, is so as they were last, or else as the first. One that is not valid is passed over by itself; of two with the same number the first counts. Where it is left out or empty, agents are available without a kind.',
  }),
  unavailableReasons: list(numberedName, MAX_LIST).default([]).meta({
    title: 'Reasons for being unavailable',
    description:
      'Why an agent may be unavailable, for them to choose from: each the number (`subTypeId`) that the site has for it, a space, and what it is called, such as `2 Lunch`. One that is not valid is passed over by itself; of two with the same number the first counts. Where it is left out or empty, agents are unavailable without a reason.',
  }),
  onChatOffered: z.enum(['tell', 'unavailable']).default('tell').meta({
    title: 'When a chat is offered that Signoff cannot take',
    description:
      'What is done when the chat server offers a chat to an agent whose session began in Signoff, which cannot take chats: `tell` the agent; or `unavailable`, they are told and set unavailable, with the first reason of `unavailableReasons`. Where it is left out, they are told.',
  }),
  browserHandInPort: within({ least: 1024, most: 65_535 }).default(47_823).meta({
    title: 'Port for hand-in from a browser console',
    description:
      'The port of `127.0.0.1` that Signoff listens on while `browserHandIn` is on. Where two people work on one machine at the same time, only the first gets it. Where it is left out, 47823.',
  }),
  browserHandInToken: z
    .string()
    .max(TOKEN_LIMIT)
    .regex(
      /^$|^[\x21-\x7e]{16,}$/,
      `must be empty, or 16 to ${TOKEN_LIMIT} visible characters of plain ASCII`,
    )
    .default('')
    .meta({
      title: 'Token for hand-in from a browser console',
      description:
        'The token that a console has to send with a hand-in, for IT to build into the console: 16 to 200 visible characters of plain ASCII; whoever may read the policy can read it. `signoff policy` and diagnostics do not show it. Where it is left out or empty, Signoff makes one for each person, which they copy from the settings.',
      ...SECRET,
    }),

  quitBudgetSeconds: within({ least: 1, most: 10 }).default(5).meta({
    title: 'Seconds to sign off on quitting',
    description:
      'How long quitting waits for sessions to end before the agent is asked. Where it is left out, 5 seconds.',
  }),
  shutdownBudgetSeconds: within({ least: 1, most: 30 }).default(4).meta({
    title: 'Seconds to sign off on shutdown',
    description:
      'How long Signoff takes to end sessions when the machine shuts down or the person logs out. On Windows it never takes longer than 3.5 seconds, as Windows ends an app that has not answered after 5; Linux kills after about 5 seconds unless it is configured otherwise. What was not over by then is signed off at the next start. Where it is left out, 4 seconds.',
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
      'How long a sign-off may take while Signoff keeps running: asked for, on lock, on disconnect, or on idle. Where it is left out, 10 seconds.',
  }),
  leftoverBudgetSeconds: within({ least: 5, most: 300 }).default(30).meta({
    title: 'Seconds to sign off leftovers',
    description:
      'How long a sign-off of leftover sessions may take after a start. Where it is left out, 30 seconds.',
  }),
  leftoverAfterSeconds: within({ least: 10, most: 300 }).default(60).meta({
    title: 'Seconds to answer for leftovers',
    description:
      'How long the agent has to say that they are still at work in leftover sessions, where `leftover` asks them; then these are signed off. Where it is left out, 60 seconds.',
  }),
  mayQuitHolding: z
    .boolean()
    .default(true)
    .meta({
      title: 'The agent may quit while something is held',
      description:
        'Whether the agent may quit although something that is held could not be ended. Where they may not, quitting is refused after it was tried; a shutdown, a logout or a signal is never held up. Where it is left out, they are asked, and may.',
    })
    .register(FALLBACKS, { value: false }),

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
  extraCaCertificates: file('/etc/ssl/company.pem')
    .default('')
    .meta({
      title: 'Extra CA certificates',
      description:
        "The whole path of a PEM file with certificates that are trusted beside the system's. Where it is left out or empty, the system's alone are.",
    })
    .register(FALLBACKS, { value: '' }),
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
      "The whole path of a folder in which each person gets one of their own for logs, by their user name; their account must be able to make it. Where it is left out or empty, the platform's own folder for logs.",
  }),
  updateFeed: textThat(
    isSafeUrl,
    'must be an address such as "https://updates.example.com/signoff"',
  )
    .default('')
    .meta({
      title: 'Update feed',
      description:
        'Where Signoff looks for its updates. Where it is left out or empty, it looks where its build says and, if that says nothing, never.',
    })
    .register(FALLBACKS, { value: '' }),
  updateChannel: z
    .enum(['latest', 'beta', 'off'])
    .default('latest')
    .meta({
      title: 'Update channel',
      description:
        'Which updates are taken: `latest`, released versions only; `beta`; or `off`, none, and none are looked for, whatever `updateFeed` or the build says. Where it is left out, `latest`.',
    })
    .register(FALLBACKS, { value: 'off' }),
  telemetryEndpoint: textThat(
    isSafeUrl,
    'must be an address such as "https://otel.example.com:4318"',
  )
    .default('')
    .meta({
      title: 'Telemetry endpoint',
      description:
        'The OTLP/HTTP endpoint that each sign-off is reported to, by `https` (or by `http` on this machine itself). Where it is left out or empty, nothing is reported.',
    })
    .register(FALLBACKS, { value: '' }),
});

/** Every setting. */
export const settingsSchema = z.object({
  ...agentSettingsSchema.shape,
  ...itSettingsSchema.shape,
});
export type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;

export const agentSettingNameSchema = agentSettingsSchema.keyof();
export type AgentSettingName = z.infer<typeof agentSettingNameSchema>;

/** Whether the agent may change it while no policy sets it; otherwise only IT may. */
export function isAgentSetting(name: string): name is AgentSettingName {
  return Object.hasOwn(agentSettingsSchema.shape, name);
}
