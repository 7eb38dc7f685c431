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
 * Electron's fuses in the packed executable. A new fuse of `@electron/fuses` does not compile until it is
 * decided. https://www.electronjs.org/docs/latest/tutorial/fuses
 */
export const fuses: Readonly<Record<FuseName, boolean>> = {
  // ELECTRON_RUN_AS_NODE would run any script under the name, and the signature, of Signoff.
  RunAsNode: false,
  // Chromium's storage is encrypted with a key of the system, as the vault is.
  EnableCookieEncryption: true,
  // NODE_OPTIONS would load a script into the process that holds the sessions.
  EnableNodeOptionsEnvironmentVariable: false,
  // --inspect, or a SIGUSR1, would open that process to a debugger.
  EnableNodeCliInspectArguments: false,
  // Windows and macOS check the app's code against a hash in the signed executable.
  EnableEmbeddedAsarIntegrityValidation: true,
  // A folder `app` beside the archive would take precedence, unchecked.
  OnlyLoadAppFromAsar: true,
  // All processes use one snapshot.
  LoadBrowserProcessSpecificV8Snapshot: false,
  // The window is loaded from signoff://app, not from files.
  GrantFileProtocolExtraPrivileges: false,
  // Electron's default; without it WebAssembly is only slower.
  WasmTrapHandlers: true,
};

/** All fuses in their order in the executable. */
const fuseNames: readonly FuseName[] = Object.values(FuseV1Options)
  .filter((option) => typeof option === 'number')
  .toSorted((a, b) => a - b)
  .flatMap((option) => {
    const name = FuseV1Options[option];
    return isFuseName(name) ? [name] : [];
  });

/**
 * The states of the fuses in an executable (on macOS, an app's folder); an older Electron has fewer. Throws if
 * it has one that is not decided.
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

/** Sets every fuse of an executable as decided. */
export async function setFuses(executable: string, isMac: boolean): Promise<void> {
  // Changing the file invalidates its signature, which Apple processors require.
  const config: FuseV1Config = { version: FuseVersion.V1, resetAdHocDarwinSignature: isMac };
  for (const name of (await fusesIn(executable)).keys()) {
    config[FuseV1Options[name]] = fuses[name];
  }
  await flipFuses(executable, config);
}

function isFuseName(name: string | undefined): name is FuseName {
  return name !== undefined && name in fuses;
}
