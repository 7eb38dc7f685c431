/** The formats of each system. */
const FORMATS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  win32: ['nsis', 'msi'],
  darwin: ['dmg', 'pkg', 'zip'],
  linux: ['deb', 'rpm', 'AppImage', 'tar.gz'],
};

/** What else a system makes where it is asked for by name, since it takes another system's Electron. */
const BY_NAME: Partial<Record<NodeJS.Platform, readonly string[]>> = { linux: ['nsis'] };

/** The system that a format is for. */
export function platformOf(format: string): NodeJS.Platform {
  return FORMATS.win32?.includes(format) === true ? 'win32' : process.platform;
}

/** The tools of each format that may be missing, and how to get them. */
const NEEDS: Readonly<Record<string, string>> = {
  nsis:
    "an Electron for Windows, NSIS (apt-get install nsis), 7-Zip (apt-get install 7zip), and electron-builder's " +
    'plug-ins for NSIS (unpacked somewhere, ELECTRON_BUILDER_NSIS_RESOURCES_DIR names them)',
  msi: 'the WiX toolset',
  dmg: "electron-builder's image tools",
  pkg: "Xcode's command line tools (xcode-select --install)",
  zip: '7-Zip (brew install sevenzip)',
  deb: 'dpkg-deb (apt-get install dpkg, dnf install dpkg), or fpm',
  rpm: 'rpmbuild (apt-get install rpm, dnf install rpm-build), or fpm',
  AppImage:
    "electron-builder's AppImage tools (unpacked somewhere, APPIMAGE_TOOLS_PATH names them)",
  'tar.gz': '7-Zip (apt-get install 7zip, dnf install 7zip)',
};
const FETCHED =
  'What is not there, electron-builder fetches from github.com, or from ELECTRON_BUILDER_BINARIES_MIRROR';

/** The formats to make, or why they cannot be made on this system. */
export type Choice =
  | {
      readonly formats: readonly string[];
      /** Whether a format that cannot be made is a failure, because it was requested by name. */
      readonly mustMake: boolean;
    }
  | { readonly refused: string };

/** The requested formats; all of the system's if none is requested. */
export function chooseFormats(asked: readonly string[], platform: NodeJS.Platform): Choice {
  const all = FORMATS[platform] ?? [];
  const possible = ['dir', ...all, ...(BY_NAME[platform] ?? [])];
  const unknown = asked.filter((format) => !possible.includes(format));
  if (unknown.length > 0) {
    return {
      refused: `This system makes ${possible.join(', ')}; not ${unknown.join(', ')}.`,
    };
  }
  return asked.length === 0
    ? { formats: all, mustMake: false }
    : { formats: asked.filter((format) => format !== 'dir'), mustMake: true };
}

/**
 * Makes one format after the other, even if one fails.
 * @returns a line for each file or failure, and the process's exit code
 */
export async function makeFormats(
  { formats, mustMake }: Extract<Choice, { mustMake: boolean }>,
  make: (format: string) => Promise<readonly string[]>,
): Promise<{ lines: readonly string[]; code: number }> {
  const lines: string[] = [];
  let failed = false;
  for (const format of formats) {
    try {
      const files = await make(format);
      lines.push(...files.map((file) => `made: ${file}`));
    } catch (error) {
      const [why] = (error instanceof Error ? error.message : String(error)).split('\n');
      lines.push(`not made: ${format}: ${why}`, `  It takes ${NEEDS[format]}. ${FETCHED}.`);
      failed = true;
    }
  }
  return { lines, code: failed && mustMake ? 1 : 0 };
}
