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
    const { encoding, text } = decode(bytes);
    if (text !== null) return { ok: true, text };
    return { ok: false, problem: `${name}: This is ${encoding}. ${SAVE_AS}` };
  } catch (error) {
    return { ok: false, problem: `${name}: It could not be read (${errorText(error)}).` };
  }
}

const SAVE_AS = 'Save or send it as UTF-8, or as UTF-16 with its mark.';

/** By its mark, which it loses: what PowerShell 5 writes with `>` is UTF-16. Without a text where it has another encoding. */
function decode(bytes: Uint8Array): { encoding: string; text: string | null } {
  const [first, second] = bytes;
  const isLittle = first === 0xff && second === 0xfe;
  const isBig = first === 0xfe && second === 0xff;
  if (isLittle || isBig) {
    const text = decodeAs(isLittle ? 'utf-16le' : 'utf-16be', bytes);
    return { encoding: 'no whole UTF-16, although it has its mark', text };
  }
  // In text, it comes only as the half of a character.
  if (bytes.includes(0)) return { encoding: 'UTF-16 without its mark, or no text', text: null };
  // Which code page it is cannot be told; this one is what Windows has in Western languages.
  const encoding = 'not UTF-8 but, by its bytes, a code page such as Windows-1252';
  return { encoding, text: decodeAs('utf-8', bytes) };
}

/** Null where it is not in that encoding. */
function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Thrown for what is not in that encoding.
    return null;
  }
}
