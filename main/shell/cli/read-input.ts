import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { errorText } from '../../common/log.ts';

/** The text that a command works on, or why it could not be read, for people. */
export type Input =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string };

/** Reads a file, or standard input where `file` is null. Never rejects for what the file is. */
export async function readInput(
  file: string | null,
  standardInput: () => Promise<Uint8Array> = () => buffer(process.stdin),
): Promise<Input> {
  const name = file ?? 'Standard input';
  try {
    const bytes = file === null ? await standardInput() : await readFile(file);
    const text = decode(bytes);
    if (text !== null) return { ok: true, text };
    return { ok: false, problem: `${name}: This is no UTF-8, nor UTF-16 with its mark.` };
  } catch (error) {
    return { ok: false, problem: `${name}: It could not be read (${errorText(error)}).` };
  }
}

/** By its mark, which it loses: what PowerShell 5 writes with `>` is UTF-16. Null where it is no text. */
function decode(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Thrown for what is not in that encoding.
    return null;
  }
}
