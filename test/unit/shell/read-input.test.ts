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
])('%s', (_name, bytes) => {
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

test.each([
  ['Windows-1252', Buffer.from('{"label":"Öffnung"}', 'latin1')],
  ['half a character of UTF-16', utf16le.subarray(0, -1)],
])('%s is told, not guessed at, and not repeated', async (_name, bytes) => {
  expect(await readInput(null, async () => bytes)).toEqual({
    ok: false,
    problem: 'Standard input: This is no UTF-8, nor UTF-16 with its mark.',
  });
});

test('a file that is not there is told', async () => {
  const file = path.join(tempFolder(), 'session.json');
  const input = await readInput(file);
  expect(input).toEqual({ ok: false, problem: expect.stringContaining(file) });
});
