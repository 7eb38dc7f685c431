/** What each system makes when nothing is asked for by name. */
const FORMATS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  win32: ['nsis', 'msi'],
  darwin: ['dmg', 'pkg', 'zip'],
  linux: ['deb', 'rpm', 'AppImage', 'tar.gz'],
};

/** What each format takes that may not be on a machine, and how to come by it. */
const NEEDS: Readonly<Record<string, string>> = {
  nsis: 'NSIS and its plug-ins (ELECTRON_BUILDER_NSIS_DIR, ELECTRON_BUILDER_NSIS_RESOURCES_DIR)',
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

/** The formats to make; what this system cannot make at all is refused in words. */
export type Choice =
  | {
      readonly formats: readonly string[];
      /** Whether one that cannot be made is a failure: it was asked for by its name. */
      readonly mustMake: boolean;
    }
  | { readonly refused: string };

/** What is to be made where these were asked for; all that the system makes where none was. */
export function chooseFormats(asked: readonly string[], platform: NodeJS.Platform): Choice {
  const possible = FORMATS[platform] ?? [];
  const unknown = asked.filter((format) => format !== 'dir' && !possible.includes(format));
  if (unknown.length > 0) {
    return {
      refused: `This system makes ${['dir', ...possible].join(', ')}; not ${unknown.join(', ')}.`,
    };
  }
  return asked.length === 0
    ? { formats: possible, mustMake: false }
    : { formats: asked.filter((format) => format !== 'dir'), mustMake: true };
}

/**
 * Makes one format after the other; one that cannot be made is no reason to leave the others out.
 * @returns a line for each file, and what takes it where there is none; and the process's exit code
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
