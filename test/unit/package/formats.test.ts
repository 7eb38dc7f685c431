import { describe, expect, test } from 'vitest';
import { chooseFormats, makeFormats, platformOf } from '../../../scripts/package/formats.ts';

/** Makes whatever was asked for on Linux but these. */
async function packWithout(missing: readonly string[], asked: readonly string[] = []) {
  const tried: string[] = [];
  const choice = chooseFormats(asked, 'linux');
  if ('refused' in choice) throw new Error(choice.refused);
  const made = await makeFormats(choice, async (format) => {
    tried.push(format);
    if (missing.includes(format)) throw new Error(`no tool for ${format}\nat line 1`);
    return [`dist/signoff.${format}`];
  });
  return { ...made, tried };
}

describe('what is asked for', () => {
  test.each([
    ['win32', ['nsis', 'msi']],
    ['darwin', ['dmg', 'pkg', 'zip']],
    ['linux', ['deb', 'rpm', 'AppImage', 'tar.gz']],
    ['freebsd', []],
  ] as const)('without a name on %s is all that it makes', (platform, formats) => {
    expect(chooseFormats([], platform)).toEqual({ formats, mustMake: false });
  });

  test('by name is made alone; the folder is made in any case', () => {
    expect(chooseFormats(['dir'], 'linux')).toEqual({ formats: [], mustMake: true });
    expect(chooseFormats(['dir', 'rpm'], 'linux')).toEqual({ formats: ['rpm'], mustMake: true });
  });

  test('for Windows, by its name, is made on Linux too', () => {
    expect(chooseFormats(['nsis'], 'linux')).toEqual({ formats: ['nsis'], mustMake: true });
    expect(['nsis', 'deb'].map(platformOf)).toEqual(['win32', process.platform]);
  });

  test('but is made by another system is refused, with what this one makes', () => {
    expect(chooseFormats(['deb', 'msi', 'dmg'], 'linux')).toEqual({
      refused: 'This system makes dir, deb, rpm, AppImage, tar.gz, nsis; not msi, dmg.',
    });
  });
});

describe('the report', () => {
  test('has a line for every file', async () => {
    expect(await packWithout([])).toMatchObject({
      lines: [
        'made: dist/signoff.deb',
        'made: dist/signoff.rpm',
        'made: dist/signoff.AppImage',
        'made: dist/signoff.tar.gz',
      ],
      code: 0,
    });
  });

  test('says what a format takes that could not be made, and the others are made all the same', async () => {
    const { lines, tried, code } = await packWithout(['rpm', 'tar.gz']);
    expect(tried).toEqual(['deb', 'rpm', 'AppImage', 'tar.gz']);
    expect(lines).toEqual([
      'made: dist/signoff.deb',
      'not made: rpm: no tool for rpm',
      expect.stringMatching(
        /^ {2}It takes rpmbuild \(apt-get install rpm.*\), or fpm\. .* electron-builder fetches from/,
      ),
      'made: dist/signoff.AppImage',
      'not made: tar.gz: no tool for tar.gz',
      expect.stringMatching(/^ {2}It takes 7-Zip \(apt-get install 7zip/),
    ]);
    expect(code).toBe(0);
  });

  test('is a failure where what could not be made was asked for by name', async () => {
    expect((await packWithout(['rpm'], ['deb', 'rpm'])).code).toBe(1);
    expect((await packWithout(['rpm'], ['deb'])).code).toBe(0);
  });

  test.each(['win32', 'darwin', 'linux'] as const)(
    'knows of every format of %s what it takes',
    async (platform) => {
      const choice = chooseFormats([], platform);
      if ('refused' in choice) throw new Error(choice.refused);
      const { lines } = await makeFormats(choice, async () => {
        throw new Error('nothing is here');
      });
      expect(lines).toHaveLength(choice.formats.length * 2);
      expect(lines.filter((line) => line.includes('undefined'))).toEqual([]);
    },
  );
});
