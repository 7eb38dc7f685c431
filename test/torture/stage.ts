import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type CommandRun,
  runSignoff,
  type RunOptions,
  type SignoffProcess,
  startSignoff,
} from '../../scripts/signoff.ts';
import {
  type PracticeServer,
  type ReceivedRequest,
  startPracticeServer,
} from '../../simulator/practice-server.ts';
import { type LoginManager, openLoginManager } from '../support/login-manager.ts';

/** Where the app runs: what a private desktop gives. */
export type Desktop = Pick<RunOptions, 'env' | 'electronArgs'>;

/** All that stands around the app, the same through all rounds. */
export interface Stage {
  readonly server: PracticeServer;
  /** Where redirects lead: nothing may ever come in here. */
  readonly elsewhere: PracticeServer;
  /** Null where there is none: it is Linux's. */
  readonly logind: LoginManager | null;
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
  /** Starts the app in the tray. */
  start(): SignoffProcess;
  command(args: readonly string[], stdin?: string): Promise<CommandRun>;
  /** All that the command line has printed. */
  readonly printed: readonly string[];
  /** When the server was through with a request; undefined while it is not. */
  settledAt(request: ReceivedRequest): number | undefined;
}

/** Calls `use` with a stage that goes away afterwards. */
export async function withStage<T>(
  desktop: Desktop,
  use: (stage: Stage) => Promise<T>,
): Promise<T> {
  const closers: (() => Promise<void>)[] = [];
  try {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'signoff-torture-'));
    closers.push(() => rm(dataDir, { recursive: true, force: true, maxRetries: 20 }));
    const settled = new Map<ReceivedRequest, number>();
    const server = await startPracticeServer({
      // What the app has lost is not to end by itself.
      absentAfterMs: 2 ** 30,
      onSettled: (request) => settled.set(request, Date.now()),
    });
    closers.push(() => server.close());
    const elsewhere = await startPracticeServer();
    closers.push(() => elsewhere.close());
    const logind = process.platform === 'linux' ? await openLoginManager() : null;
    if (logind !== null) closers.push(() => logind.close());

    // Without a session of the login manager, what is left over counts as another login's, and is
    // signed off at once instead of being asked about.
    const env = { ...(desktop.env ?? process.env), ...logind?.env, XDG_SESSION_ID: '' };
    const options = { ...desktop, dataDir, env };
    const printed: string[] = [];
    return await use({
      server,
      elsewhere,
      logind,
      dataDir,
      env,
      start: () => startSignoff(['--hidden'], options),
      async command(args, stdin = '') {
        const run = await runSignoff(args, { ...options, stdin });
        printed.push(run.stdout, run.stderr);
        return run;
      },
      printed,
      settledAt: (request) => settled.get(request),
    });
  } finally {
    for (const close of closers.toReversed()) await close();
  }
}
