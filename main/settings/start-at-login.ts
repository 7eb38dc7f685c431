import { homedir } from 'node:os';
import {
  type App,
  autostartFile,
  FOR_EVERYBODY,
  isSwitchedOff,
  readIfThere,
  startsForEverybody,
} from '../common/start-at-login.ts';
import type { Values } from './read-values.ts';

/** What decides on the start at login beside policies and the agent's own setting. */
export interface StartAtLogin {
  /** The person's desktop, which goes before their setting: that is what they have said to Signoff. */
  readonly desktop: Values;
  /** How Signoff is installed, which goes before the default. */
  readonly installation: Values;
}

/** `isWanted`: whether the agent has it switched on. */
export type ReadStartAtLogin = (isWanted: boolean) => StartAtLogin;

const OFF: Values = { startAtLogin: false };
const NOTHING_SAID: StartAtLogin = { desktop: {}, installation: {} };

/** Reads it on this system. */
export const readStartAtLogin: ReadStartAtLogin = (isWanted) => {
  const { platform, env, execPath: executable, argv } = process;
  const hasArguments = argv.some((argument) => argument.startsWith('--user-data-dir'));
  try {
    return startAtLoginOf({ platform, env, executable, hasArguments }, homedir(), isWanted);
  } catch {
    // What cannot be read has nothing to say: the app starts all the same.
    return NOTHING_SAID;
  }
};

/** The same on any system. Throws what the disk throws. */
export function startAtLoginOf(
  app: App,
  homeFolder: string,
  isWanted: boolean,
  places = FOR_EVERYBODY,
): StartAtLogin {
  const forEverybody = startsForEverybody(app, places);
  const installation: Values = forEverybody ? { startAtLogin: true } : {};
  if (app.platform !== 'linux') return { desktop: {}, installation };
  const entry = readIfThere(autostartFile(app.env, homeFolder));
  // An entry is written when the agent switches it on: where there is none any more, they have deleted it.
  const isOff = entry === null ? isWanted && !forEverybody : isSwitchedOff(entry);
  return { desktop: isOff ? OFF : {}, installation };
}
