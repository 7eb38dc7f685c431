import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readInput } from '../../../main/shell/cli/read-input.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const TEXT = '{"label":"Öffnung 窓"}\n';
const utf16le = Buffer.from(`\ufeff${TEXT}`, 'utf16le');

describe.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with its mark', Buffer.from(`\ufeff${TEXT}`)],
  ['UTF-16, as PowerShell 5 writes it', utf16le],
  ['UTF-16 the other way round', Buffer.from(utf16le).swap16()],
])('D4: %s', (_name, bytes) => {
  test('is read from a file', async () => {
    const file = path.join(tempFolder(), 'session.json');
    writeFileSync(file, bytes);
    const never = (): Promise<never> => Promise.reject(new Error('standard input was read'));
    expect(await readInput(file, never)).toEqual({ ok: true, text: TEXT });
  });

  test('is read from standard input', async () => {
    expect(await readInput(null, async () => bytes)).toEqual({ ok: true, text: TEXT });
  });
});

describe('D4: what is not UTF-8 is told with its encoding, not guessed at, and not repeated:', () => {
  test.each([
    [
      'a label in Windows-1252',
      Buffer.from('{"label":"Öffnung"}', 'latin1'),
      'not UTF-8 but, by its bytes, a code page such as Windows-1252',
    ],
    [
      'a password in Windows-1252',
      Buffer.from('Grün5pecht\r\n', 'latin1'),
      'not UTF-8 but, by its bytes, a code page such as Windows-1252',
    ],
    [
      'UTF-16 without its mark',
      Buffer.from('{"label":"Ann"}', 'utf16le'),
      'UTF-16 without its mark, or no text',
    ],
    [
      'half a character of UTF-16',
      utf16le.subarray(0, -1),
      'no whole UTF-16, although it has its mark',
    ],
  ])('%s', async (_name, bytes, encoding) => {
    expect(await readInput(null, async () => bytes)).toEqual({
      ok: false,
      problem: `Standard input: This is ${encoding}. Save or send it as UTF-8, or as UTF-16 with its mark.`,
    });
  });
});

test('a file that is not there is told', async () => {
  const file = path.join(tempFolder(), 'session.json');
  const input = await readInput(file);
  expect(input).toEqual({ ok: false, problem: expect.stringContaining(file) });
});
