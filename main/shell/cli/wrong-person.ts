import { statSync } from 'node:fs';

/** Who runs a command, and on which folder. */
export interface Caller {
  readonly platform: NodeJS.Platform;
  /** The user id; null on Windows, which has none. */
  readonly uid: number | null;
  readonly homeFolder: string;
  readonly dataDir: string;
  /** Whether the command line names the folder; otherwise it is the caller's default. */
  readonly isNamed: boolean;
  readonly hasVault: boolean;
}

/** How an administrator runs a command as the agent. */
const AS_THE_AGENT: Partial<Record<NodeJS.Platform, string>> = {
  win32: "Run it in the agent's own session, with the logged-on user's credentials.",
  darwin:
    'Run it as the agent: launchctl asuser UID sudo -u NAME /Applications/Signoff.app/Contents/MacOS/Signoff …',
  linux: 'Run it as the agent: runuser -u NAME -- signoff …',
};

/**
 * The warning that a command cannot see an agent's sessions, with advice; null if it may. Root and SYSTEM
 * have a data folder of their own, in which no agent holds anything. What is saved in another user's
 * folder, only that user can decrypt.
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
  // By the home folder, because Windows localises the account's name.
  if (platform === 'win32') {
    return /\\(config\\systemprofile|serviceprofiles\\[^\\]+)\\?$/i.test(homeFolder);
  }
  return uid === 0;
}

/** Null if there is no such folder. */
function ownerOf(folder: string): number | null {
  return statSync(folder, { throwIfNoEntry: false })?.uid ?? null;
}
