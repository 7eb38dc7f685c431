import { isObject, readValues } from '../read-values.ts';
import type { PlaceReading } from './source.ts';
import { whereJsonBreaks } from './where-json-breaks.ts';

/** Reads a policy file's text. It may name its JSON schema, for the editor that it is written in. */
export function readPolicyText(text: string): PlaceReading {
  // Some editors begin a file with a byte order mark.
  const json = text.replace(/^\uFEFF/, '');
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const place = whereJsonBreaks(json);
    const at = place === null ? '' : `, from line ${place.line}, column ${place.column} on`;
    return { ok: false, problem: `is not valid JSON${at}` };
  }
  if (!isObject(content)) return { ok: false, problem: 'is not a JSON object' };
  const { $schema: _, ...settings } = content;
  return { ok: true, content: settings };
}

/** What is wrong with a policy file's text, in words; nothing where it can be rolled out. */
export function checkPolicyText(text: string): readonly string[] {
  const reading = readPolicyText(text);
  return reading.ok ? readValues(reading.content).problems : [`The file ${reading.problem}.`];
}
