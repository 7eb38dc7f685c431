import { lstatSync, realpathSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import path from 'node:path';
import { isMissing } from '../../common/error-code.ts';

/** Who runs this process. */
export interface Caller {
  readonly platform: NodeJS.Platform;
  /** The effective user id; null on Windows, which has none. */
  readonly uid: number | null;
  /** By the environment, which `sudo` may have kept from somebody else. */
  readonly homeFolder: string;
  /** On Windows the profile of the process's own account, whatever the environment says; null elsewhere. */
  readonly profile: string | null;
}

export function systemCaller(): Caller {
  const { platform } = process;
  return {
    platform,
    uid: process.geteuid?.() ?? null,
    homeFolder: homedir(),
    profile: platform === 'win32' ? userInfo().homedir : null,
  };
}

/** How an administrator runs a command as the agent. */
const AS_THE_AGENT: Partial<Record<NodeJS.Platform, string>> = {
  win32: "Run it in the agent's own session, with the logged-on user's credentials.",
  darwin:
    'Run it as the agent: launchctl asuser UID sudo -u NAME /Applications/Signoff.app/Contents/MacOS/Signoff …',
  linux: 'Run it as the agent: runuser -u NAME -- signoff …',
};

/**
 * Why this process may not use a data folder, in words; null if it may. In another person's folder it must
 * neither read, as links there lead anywhere, nor write, nor start Chromium, which replaces a key that it
 * cannot decrypt, so that all that was encrypted with it is lost. `configFolder` is where the caller's apps
 * are configured: login items are written there.
 */
export function foreignFolder(
  caller: Caller,
  dataDir: string,
  configFolder: string,
): string | null {
  const advice = adviceFor(caller);
  if (caller.uid === null) {
    if (!isForeignProfile(caller, dataDir)) return null;
    return `${dataDir} is another person's: only they can open what is saved in it. ${advice}`;
  }
  // Root may go anywhere, so that others' folders and links on the way would lead it astray; for everybody
  // else the system sees to that.
  const foreign =
    caller.uid === 0
      ? [dataDir, caller.homeFolder, configFolder].flatMap((folder) => onTheWay(folder))
      : onTheWay(dataDir).filter(({ place }) => place === dataDir || place === real(dataDir));
  const first = foreign.find(({ owner }) => owner !== caller.uid);
  if (first === undefined) return null;
  return `${first.place} belongs to another person (user id ${first.owner}): only they can open what is saved in it. ${advice}`;
}

/**
 * The warning that this account's own Signoff is not the agent's, with advice; null for an account that may
 * be an agent's. Root and SYSTEM have a data folder of their own, in which no agent holds anything.
 */
export function wrongPerson(
  caller: Caller,
  found: {
    readonly dataDir: string;
    /** Whether the command line names the folder; otherwise it is the caller's default. */
    readonly isNamed: boolean;
    readonly hasVault: boolean;
  },
): string | null {
  if (found.isNamed || found.hasVault || !isSystem(caller)) return null;
  const account = caller.uid === 0 ? 'root' : 'the system';
  return `This looked at ${account}'s own Signoff, in ${found.dataDir}, where no agent holds anything. ${adviceFor(caller)}`;
}

function adviceFor({ platform }: Caller): string {
  return AS_THE_AGENT[platform] ?? 'Run it as the agent.';
}

function isSystem({ uid, profile }: Caller): boolean {
  // By its profile, because Windows localises the account's name.
  if (profile !== null) {
    return /\\(config\\systemprofile|serviceprofiles\\[^\\]+)\\?$/i.test(profile);
  }
  return uid === 0;
}

/**
 * Whether a folder is in the profile of somebody else. Windows gives Node no owner, so this is what can be
 * known without a program: a folder in the caller's own profile is the caller's, one in another profile is
 * not, and one outside of all profiles is an agent's who named it, but never SYSTEM's.
 */
function isForeignProfile(caller: Caller, folder: string): boolean {
  const profile = real(caller.profile ?? '', path.win32);
  const resolved = real(folder, path.win32);
  if (isWithin(resolved, profile)) return false;
  return isSystem(caller) || isWithin(resolved, path.win32.dirname(profile));
}

function isWithin(folder: string, outer: string): boolean {
  const way = path.win32.relative(outer, folder);
  return way === '' || !(/^\.\.(\\|$)/.test(way) || path.win32.isAbsolute(way));
}

/** Every folder and link on the way to `folder`, by its name and by where that leads, as far as they exist. */
function onTheWay(folder: string): { place: string; owner: number }[] {
  const found = [folder, real(folder)].flatMap((name) => {
    const parents: string[] = [name];
    for (let at = name; path.dirname(at) !== at; at = path.dirname(at)) {
      parents.push(path.dirname(at));
    }
    return parents.toReversed();
  });
  return [...new Set(found)].flatMap((place) => {
    const stats = lstatSync(place, { throwIfNoEntry: false });
    return stats === undefined ? [] : { place, owner: stats.uid };
  });
}

/** Where a path leads, as far as it exists. */
function real(folder: string, paths: path.PlatformPath = path): string {
  try {
    return realpathSync(folder);
  } catch (error) {
    const parent = paths.dirname(folder);
    if (!isMissing(error) || parent === folder) return folder;
    return paths.join(real(parent, paths), paths.basename(folder));
  }
}
