/** What the modules of one place may import; everything else is forbidden. */
export interface Line {
  /**
   * Our folders and files, packages, and `node:` for all of Node; the own place is always allowed. A folder
   * does not include what has a line of its own. `type` allows only `import type`; `*` allows everything.
   */
  readonly imports: readonly string[];
  /** May import the `create…` and `open…` functions of other places. */
  readonly builds?: true;
  /** Its `create…` functions make no parts of the app, so every importer may use them. */
  readonly tools?: true;
}

/** What each group of the window's components may import; no group may import another. */
const shared = [
  'renderer/hooks',
  'renderer/parts',
  'renderer/model',
  'renderer/text',
  'type preload/contract.ts',
  '@preact/signals',
  'preact',
];

/** Who may import whom, by place: a folder, or a file with its own rules. The longest matching name counts. */
export const table: Readonly<Record<string, Line>> = {
  // The main process: the entry, and the only place that builds parts.
  'main/main.ts': {
    imports: [
      'main/commands.ts',
      'main/app',
      'main/common',
      'main/lifecycle',
      'main/results',
      'main/shell/cli',
      'node:',
      'electron',
    ],
    builds: true,
  },
  'main/commands.ts': {
    imports: [
      'main/app',
      'main/app/work.ts',
      'main/common',
      'main/sessions',
      'main/settings',
      'main/shell',
      'main/shell/cli',
      'main/shell/diagnostics',
      'node:',
      'electron',
    ],
    builds: true,
  },
  'main/app': {
    imports: [
      'type main/app/ground.ts',
      'main/app/work.ts',
      'main/app/work-joints.ts',
      'main/bridge',
      'main/chat',
      'main/common',
      'main/fleet',
      'main/lifecycle',
      'main/lifecycle/electron-events.ts',
      'type main/results',
      'main/sessions',
      'main/settings',
      'main/shell',
      'main/shell/cli',
      'main/shell/diagnostics',
      'main/shell/tray',
      'main/shell/updates',
      'main/shell/window',
      'main/thread',
      'node:',
      'electron',
      'electron-store',
      'zod',
    ],
    builds: true,
  },
  'main/app/ground.ts': {
    imports: [
      'type main/chat',
      'type main/common',
      'type main/lifecycle',
      'type main/results',
      'type main/sessions',
      'type main/settings',
      'type main/thread',
      'type words',
    ],
  },
  'main/app/work.ts': {
    imports: [
      'type main/app/ground.ts',
      'main/browser',
      'main/common',
      'main/lifecycle',
      'main/presence',
      'main/sessions',
      'main/settings',
      'main/signin',
      'main/signoff',
      'node:',
    ],
    builds: true,
  },
  'main/app/work-joints.ts': {
    imports: [
      'type main/app/ground.ts',
      'type main/app/work.ts',
      'type main/presence',
      'main/results',
    ],
  },

  // Its rooms, from the ground up. Those without Electron are compiled without it, too.
  'main/common': { imports: ['node:', 'zod'], tools: true },
  'main/chat': {
    imports: ['main/common', 'node:', 'zod', 'got', 'agent-base', 'https-proxy-agent'],
  },
  'main/sessions': { imports: ['main/common', 'node:', 'zod'] },
  'main/settings': { imports: ['main/common', 'node:', 'zod', 'plist'] },
  'main/results': { imports: ['main/common', 'type main/chat', 'node:', 'zod'] },
  'main/signoff': {
    imports: ['main/common', 'main/chat', 'type main/sessions', 'main/results'],
  },
  'main/thread': {
    imports: [
      'main/common',
      'main/chat',
      'type main/results',
      'type main/sessions',
      'main/signoff',
      'node:',
    ],
    // The other thread is an entry of its own.
    builds: true,
  },
  'main/fleet': {
    imports: [
      'main/common',
      'main/results',
      'main/signoff',
      'type node:',
      '@opentelemetry/api',
      '@opentelemetry/exporter-logs-otlp-http',
      '@opentelemetry/exporter-metrics-otlp-http',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-logs',
      '@opentelemetry/sdk-metrics',
    ],
  },
  'main/browser': { imports: ['main/common', 'type main/sessions', 'node:', 'zod'] },
  'main/signin': {
    imports: [
      'main/common',
      'type main/chat',
      'main/sessions',
      'main/results',
      'main/signoff',
      'node:',
      'zod',
    ],
  },
  'main/presence': {
    imports: ['main/common', 'type main/chat', 'type main/sessions', 'main/signoff'],
  },
  'main/lifecycle': {
    imports: ['main/common', 'main/sessions', 'type main/settings', 'main/signoff', 'node:', 'zod'],
  },
  'main/lifecycle/electron-events.ts': { imports: ['main/lifecycle', 'electron'] },
  'main/bridge': {
    imports: [
      'main/common',
      'type main/chat',
      'main/sessions',
      'type main/settings',
      'main/results',
      'type main/signoff',
      'type main/lifecycle',
      'preload/contract.ts',
      'preload/channels.ts',
      'type words',
      'type electron',
    ],
  },
  'main/shell': {
    imports: [
      'type preload/contract.ts',
      'main/common',
      'main/signoff',
      'type main/chat',
      'type main/sessions',
      'main/settings',
      'main/results',
      'words',
      'node:',
      'electron',
      'electron-log',
      'zod',
    ],
  },
  'main/shell/cli': {
    imports: [
      'main/common',
      'main/sessions',
      'main/settings',
      'main/results',
      'main/signin',
      'type main/signoff',
      'type main/lifecycle',
      'type preload/contract.ts',
      'type main/shell/diagnostics',
      'node:',
      'zod',
    ],
  },
  'main/shell/diagnostics': {
    imports: [
      'type main/chat',
      'main/settings',
      'main/results',
      'type preload/contract.ts',
      'main/common',
      'main/shell',
      'main/shell/cli',
      'node:',
      'zod',
      'fflate',
    ],
  },
  'main/shell/tray': {
    imports: ['type preload/contract.ts', 'type main/common', 'words', 'node:', 'electron'],
  },
  'main/shell/updates': {
    imports: ['main/common', 'node:', 'electron-updater', 'builder-util-runtime'],
  },
  'main/shell/window': {
    imports: [
      'main/common',
      'type main/results',
      'type main/lifecycle',
      'main/signoff',
      'type main/shell',
      'node:',
      'electron',
    ],
  },

  // The bridge: what crosses it, and the script that may use nothing of the app or of Node.
  'preload/channels.ts': { imports: ['type preload/contract.ts'] },
  'preload/contract.ts': {
    imports: [
      'main/results/filter.ts',
      'main/results/receipt.ts',
      'main/settings/schema.ts',
      'main/signin/sign-in-end-schema.ts',
      'zod',
    ],
  },
  'preload/preload.ts': {
    imports: ['type preload/contract.ts', 'preload/channels.ts', 'electron'],
  },

  // The window: a web page, whose entry alone reaches for the bridge and hands it to the stores.
  'renderer/main.tsx': {
    imports: ['renderer', 'renderer/stores', 'renderer/text', 'renderer/bridge.ts', 'preact'],
    builds: true,
  },
  'renderer/bridge.ts': { imports: ['type preload/contract.ts'] },
  renderer: {
    imports: [
      'renderer/frame',
      'renderer/questions',
      'renderer/results',
      'renderer/sessions',
      'renderer/settings',
      'renderer/sign-in',
      'renderer/model',
      'renderer/text',
      'type renderer/stores',
      '@preact/signals',
      'preact',
    ],
  },
  'renderer/frame': { imports: shared },
  'renderer/questions': { imports: shared },
  'renderer/results': { imports: [...shared, 'type renderer/stores'] },
  'renderer/sessions': { imports: [...shared, 'main/common/typed.ts'] },
  'renderer/settings': { imports: [...shared, 'main/common/loopback.ts'] },
  'renderer/sign-in': { imports: [...shared, 'main/common/typed.ts'] },
  'renderer/parts': {
    imports: [
      'renderer/hooks',
      'type renderer/model',
      'renderer/text',
      '@preact/signals',
      'preact',
    ],
  },
  'renderer/hooks': { imports: ['@preact/signals', 'preact'] },
  'renderer/stores': {
    imports: ['renderer/model', 'renderer/text', 'type preload/contract.ts', '@preact/signals'],
  },
  'renderer/text': {
    imports: ['type renderer/model', 'type preload/contract.ts', 'words', '@preact/signals'],
  },
  'renderer/model': { imports: ['type preload/contract.ts'] },
  words: { imports: [] },

  // What is around the app.
  simulator: { imports: ['node:', 'zod'] },
  'scripts/setup': { imports: ['node:'] },
  'scripts/setup.mjs': { imports: ['scripts/setup', 'node:'] },
  'scripts/pass-through.mjs': { imports: ['node:'] },
  'scripts/run.mjs': {
    imports: ['scripts/setup', 'scripts/setup.mjs', 'scripts/pass-through.mjs', 'node:'],
  },
  'scripts/walls': { imports: ['node:'] },
  scripts: {
    imports: [
      'scripts/setup',
      'scripts/setup.mjs',
      'scripts/pass-through.mjs',
      'main/common',
      'main/settings',
      'simulator',
      'node:',
      'zod',
      'plist',
      '@electron/fuses',
      'electron',
      'electron-builder',
      'electron-vite',
      'playwright',
      'prettier',
      'sharp',
      'type vite',
      'type vitest',
    ],
  },
  test: { imports: ['*'], builds: true },
  'electron.vite.config.ts': {
    imports: ['scripts', 'preload/contract.ts', 'node:', 'electron-vite'],
  },
  'vitest.config.ts': { imports: ['node:', 'vitest'] },
};
