import { statSync } from 'node:fs';

/** Who runs a command, and on which folder. */
export interface Caller {
  readonly platform: NodeJS.Platform;
  /** The user id; null on Windows, which has none. */
  readonly uid: number | null;
  readonly homeFolder: string;
  readonly dataDir: string;
  /** Whether the folder was named, or is the usual one of whoever runs the command. */
  readonly isNamed: boolean;
  /** Whether there is a vault in it. */
  readonly hasVault: boolean;
}

/** How an administrator has a command run as the agent. */
const AS_THE_AGENT: Partial<Record<NodeJS.Platform, string>> = {
  win32: "Run it in the agent's own session, with the logged-on user's credentials.",
  darwin:
    'Run it as the agent: launchctl asuser UID sudo -u NAME /Applications/Signoff.app/Contents/MacOS/Signoff …',
  linux: 'Run it as the agent: runuser -u NAME -- signoff …',
};

/**
 * In words, that a command does not look at any agent's Signoff, and how to have it do so; null where it may
 * well. Whatever an administrator's tools run as root or SYSTEM has a data folder of its own, in which no
 * agent holds anything; and what is saved in another person's folder, only that person can open.
 */
export function wrongPerson(caller: Caller): string | null {
  const { platform, uid, dataDir, isNamed, hasVault } = caller;
  const advice = AS_THE_AGENT[platform] ?? 'Run it as the agent.';
  const owner = uid === null ? null : ownerOf(dataDir);
  if (owner !== uid && owner !== null) {
    return `${dataDir} belongs to another person (user id ${owner}): only they can open what is saved in it. ${advice}`;
  }
  if (isNamed || hasVault || !isSystem(caller)) return null;
  const account = uid === 0 ? 'root' : 'the system';
  return `This looked at ${account}'s own Signoff, in ${dataDir}, where no agent holds anything. ${advice}`;
}

function isSystem({ platform, uid, homeFolder }: Caller): boolean {
  // By its home, since Windows names the account in its own language.
  if (platform === 'win32') {
    return /\\(config\\systemprofile|serviceprofiles\\[^\\]+)\\?$/i.test(homeFolder);
  }
  return uid === 0;
}

/** Null where there is no such folder. */
function ownerOf(folder: string): number | null {
  return statSync(folder, { throwIfNoEntry: false })?.uid ?? null;
}
