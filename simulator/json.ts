/** A number of a JSON text, kept as it was written, so that no digit of an int64 is lost. */
export class JsonNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** JSON.parse hands its reviver the text of a primitive (Node 22 and later; not in TypeScript's ES2023 library yet). */
interface ReviverContext {
  source?: string;
}

/**
 * Reads a JSON text; every number in it becomes a `JsonNumber`.
 * Returns null when the text is not JSON, or is nested too deeply to be read.
 */
export function readJson(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text, keepNumber) };
  } catch {
    return null;
  }
}

function keepNumber(_key: string, value: unknown, context?: ReviverContext): unknown {
  return typeof value === 'number' ? new JsonNumber(context?.source ?? String(value)) : value;
}

/** The exact value of an int64 as JSON writes integers (no fraction, no exponent); null when it is not one. */
export function readInt64(value: unknown): bigint | null {
  // 19 digits are as many as an int64 can have; longer ones never reach BigInt.
  if (!(value instanceof JsonNumber) || !/^-?(?:0|[1-9]\d{0,18})$/.test(value.source)) return null;
  const exact = BigInt(value.source);
  return BigInt.asIntN(64, exact) === exact ? exact : null;
}

/**
 * Writes one JSON object; a bigint directly in it is written as an integer, digit for digit.
 * A member that is undefined is left out, as JSON.stringify has it.
 */
export function writeJson(fields: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(fields).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const text = typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
    return [`${JSON.stringify(name)}:${text}`];
  });
  return `{${members.join(',')}}`;
}
