import { isObject, readValues } from '../read-values.ts';
import type { PlaceReading } from './source.ts';
import { jsonErrorPosition } from './json-error-position.ts';

/** Reads a policy file's text. It may name its JSON schema, for editors. */
export function readPolicyText(text: string): PlaceReading {
  // Some editors write a byte order mark.
  const json = text.replace(/^\uFEFF/, '');
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = jsonErrorPosition(json);
    const at =
      position === null ? '' : `, from line ${position.line}, column ${position.column} on`;
    return { ok: false, problem: `is not valid JSON${at}` };
  }
  if (!isObject(content)) return { ok: false, problem: 'is not a JSON object' };
  const { $schema: _, ...settings } = content;
  return { ok: true, content: settings };
}

/** The problems of a policy file's text, for people; empty if it can be rolled out. */
export function checkPolicyText(text: string): readonly string[] {
  const reading = readPolicyText(text);
  return reading.ok ? readValues(reading.content).problems : [`The file ${reading.problem}.`];
}
