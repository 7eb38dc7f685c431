import { expect, test } from 'vitest';
import { joinUpdateInfo } from '../../../scripts/package/update-info.ts';

const info = (file: string): string =>
  `version: 1.0.0\nfiles:\n  - url: ${file}\n    sha512: abc==\n    size: 7\npath: ${file}\nsha512: abc==\n` +
  `releaseDate: '2026-11-22T21:54:26.780Z'\n`;

test('what is told of the formats one by one becomes one list under the first', () => {
  expect(joinUpdateInfo([info('a.deb'), info('a.rpm')])).toBe(
    info('a.deb').replace(
      '    size: 7\n',
      '    size: 7\n  - url: a.rpm\n    sha512: abc==\n    size: 7\n',
    ),
  );
});

test('one alone stays as it is', () => {
  expect(joinUpdateInfo([info('a.deb')])).toBe(info('a.deb'));
});
