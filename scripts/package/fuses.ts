import {
  flipFuses,
  type FuseV1Config,
  type FuseState,
  FuseV1Options,
  FuseVersion,
  getCurrentFuseWire,
} from '@electron/fuses';

/** The name of a fuse, as `@electron/fuses` has it. */
export type FuseName = keyof typeof FuseV1Options;

/**
 * What of Electron is switched on or off for good in the packed executable. Every fuse there is: one that
 * a newer `@electron/fuses` brings does not compile until it is decided.
 * https://www.electronjs.org/docs/latest/tutorial/fuses
 */
export const fuses: Readonly<Record<FuseName, boolean>> = {
  // ELECTRON_RUN_AS_NODE would run any script under the name, and the signature, of Signoff.
  RunAsNode: false,
  // Whatever Chromium stores is encrypted with a key from the system, as the vault is.
  EnableCookieEncryption: true,
  // NODE_OPTIONS would load a script into the process that holds the sessions.
  EnableNodeOptionsEnvironmentVariable: false,
  // --inspect, or a SIGUSR1, would open that process to a debugger.
  EnableNodeCliInspectArguments: false,
  // Windows and macOS check the app's code against a hash in the signed executable.
  EnableEmbeddedAsarIntegrityValidation: true,
  // A folder `app` beside the archive would go before it, unchecked.
  OnlyLoadAppFromAsar: true,
  // There is one snapshot for all processes.
  LoadBrowserProcessSpecificV8Snapshot: false,
  // The window comes from signoff://app; no page of ours is a file.
  GrantFileProtocolExtraPrivileges: false,
  // Electron's default; WebAssembly would only have slower checks without them.
  WasmTrapHandlers: true,
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
    config[FuseV1Options[name]] = fuses[name];
  }
  await flipFuses(executable, config);
}

function isFuseName(name: string | undefined): name is FuseName {
  return name !== undefined && name in fuses;
}
