import {
  flipFuses,
  type FuseV1Config,
  type FuseState,
  FuseV1Options,
  FuseVersion,
  getCurrentFuseWire,
} from '@electron/fuses';

/** What of Electron is switched on or off for good in the packed executable, and why. */
interface Decision {
  readonly on: boolean;
  readonly why: string;
}

/** The name of a fuse, as `@electron/fuses` has it. */
export type FuseName = keyof typeof FuseV1Options;

/**
 * Every fuse there is: one that a newer `@electron/fuses` brings does not compile until it is decided.
 * https://www.electronjs.org/docs/latest/tutorial/fuses
 */
export const fuses: Readonly<Record<FuseName, Decision>> = {
  RunAsNode: {
    on: false,
    why: 'ELECTRON_RUN_AS_NODE would run any script under the name, and the signature, of Signoff',
  },
  EnableCookieEncryption: {
    on: true,
    why: 'whatever Chromium stores is encrypted with a key from the system, as the vault is',
  },
  EnableNodeOptionsEnvironmentVariable: {
    on: false,
    why: 'NODE_OPTIONS would load a script into the process that holds the sessions',
  },
  EnableNodeCliInspectArguments: {
    on: false,
    why: '--inspect, or a SIGUSR1, would open that process to a debugger',
  },
  EnableEmbeddedAsarIntegrityValidation: {
    on: true,
    why: "Windows and macOS check the app's code against a hash in the signed executable",
  },
  OnlyLoadAppFromAsar: {
    on: true,
    why: 'a folder `app` beside the archive would go before it, unchecked',
  },
  LoadBrowserProcessSpecificV8Snapshot: {
    on: false,
    why: 'there is one snapshot for all processes',
  },
  GrantFileProtocolExtraPrivileges: {
    on: false,
    why: 'the window comes from signoff://app; no page of ours is a file',
  },
  WasmTrapHandlers: {
    on: true,
    why: "Electron's default; WebAssembly would only have slower checks without them",
  },
};

/** All fuses in the order in which they stand in the executable. */
const fuseNames: readonly FuseName[] = Object.values(FuseV1Options)
  .filter((option) => typeof option === 'number')
  .toSorted((a, b) => a - b)
  .flatMap((option) => {
    const name = FuseV1Options[option];
    return isFuseName(name) ? [name] : [];
  });

/**
 * The fuses that an executable (on macOS, an app's folder) has, and how they are set: an older Electron
 * has fewer. Throws where it has one that nothing was decided about.
 */
export async function fusesIn(executable: string): Promise<ReadonlyMap<FuseName, FuseState>> {
  const { version: _version, ...wire } = await getCurrentFuseWire(executable);
  const states = Object.values(wire).filter((state) => typeof state === 'number');
  if (states.length > fuseNames.length) {
    throw new Error(
      `This Electron has ${states.length} fuses, and ${fuseNames.length} are decided: ` +
        'update @electron/fuses and decide the new ones.',
    );
  }
  return new Map(
    fuseNames.flatMap((name, index): [FuseName, FuseState][] => {
      const state = states[index];
      return state === undefined ? [] : [[name, state]];
    }),
  );
}

/** Sets every fuse that an executable has as it was decided. */
export async function setFuses(executable: string, isMac: boolean): Promise<void> {
  // An Apple processor runs nothing whose signature has been broken by a change.
  const config: FuseV1Config = { version: FuseVersion.V1, resetAdHocDarwinSignature: isMac };
  for (const name of (await fusesIn(executable)).keys()) {
    config[FuseV1Options[name]] = fuses[name].on;
  }
  await flipFuses(executable, config);
}

function isFuseName(name: string | undefined): name is FuseName {
  return name !== undefined && name in fuses;
}
