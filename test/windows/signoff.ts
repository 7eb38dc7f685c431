import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished, vi } from 'vitest';
import * as z from 'zod';
import { type Exit, NODE, newWindows, type Program, type Windows, windowsPath } from './wine.ts';

/** The built app with its main process on Windows' Node, and a stand-in for Electron. */
export interface WindowsSignoff {
  /** Its data folder, on this system. */
  readonly dataDir: string;
  /** Starts the app in the tray and resolves when it is ready. */
  start(): Promise<Program>;
  /** Runs one command of its command line. */
  command(args: readonly string[], input?: string): Promise<Exit>;
  /** What `status --json` says. */
  status(): Promise<z.infer<typeof statusSchema>>;
  /** See `endSession`. */
  endSession(flags: number, only?: 'query'): Promise<SessionEndAnswers>;
}

/** Windows' reasons for the end of a session (`ENDSESSION_…`). */
export const SHUTDOWN = 0;
export const CLOSE_APP = 1;
export const LOGOFF = 0x8000_0000;

/** What Windows' Node takes, in the repository, to run the built main process on the stand-in for Electron. */
export const appArguments: readonly string[] = [
  '--disable-warning=ExperimentalWarning',
  '--import',
  './test/windows/electron/register.ts',
  'out/main/main.js',
];

/** Of what `status --json` says. */
export const statusSchema = z.object({
  running: z.boolean(),
  held: z.array(z.object({ id: z.string(), label: z.string() })).default([]),
});
const answersSchema = z.array(
  z.object({ answered: z.boolean(), answer: z.number(), ms: z.number() }),
);
type SessionEndAnswers = z.infer<typeof answersSchema>;

/** Runs `end-session.ts`, which asks the apps' windows on this Windows and tells them, and answers what they did. */
export async function endSession(
  windows: Windows,
  flags: number,
  only?: 'query',
): Promise<SessionEndAnswers> {
  const { out, err } = await windows.run([
    NODE,
    'test/windows/end-session.ts',
    String(flags),
    ...(only === undefined ? [] : [only]),
  ]);
  try {
    return answersSchema.parse(JSON.parse(out));
  } catch (error) {
    throw new Error(`The sender said: ${out}${err}`, { cause: error });
  }
}

/** An app with a data folder of its own, whose name has a space and a letter that is not ASCII. */
export async function newSignoff(windows: Windows = newWindows()): Promise<WindowsSignoff> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'signoff für '));
  const app = (args: readonly string[]): string[] => [
    NODE,
    ...appArguments,
    `--user-data-dir=${windowsPath(dataDir)}`,
    ...args,
  ];
  const command = (args: readonly string[], input = ''): Promise<Exit> =>
    windows.run(app(args), { input });
  return {
    dataDir,
    command,
    async start() {
      const program = windows.start(app(['--hidden']));
      onTestFinished(() => program.kill());
      await vi.waitFor(
        () => {
          const log = program.log();
          if (!log.includes('"event":"ready"') || !log.includes('stand-in: listens')) {
            throw new Error(`The app is not ready:\n${log}`);
          }
        },
        { timeout: 40_000, interval: 100 },
      );
      return program;
    },
    async status() {
      const { out, err } = await command(['status', '--json']);
      try {
        return statusSchema.parse(JSON.parse(out));
      } catch (error) {
        throw new Error(`status said: ${out}${err}`, { cause: error });
      }
    },
    endSession: (flags, only) => endSession(windows, flags, only),
  };
}
