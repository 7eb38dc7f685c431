/** A JSON number as its source text, so that no digit of an int64 is lost. */
export class JsonNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** `JSON.parse` passes it to the reviver (Node 22 and later; not in TypeScript's ES2023 library). */
interface ReviverContext {
  source?: string;
}

/** Parses JSON with numbers as `JsonNumber`; null if it is not JSON, or nested too deeply. */
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

/** The exact value of an int64 without fraction and exponent; null if it is not one. */
export function readInt64(value: unknown): bigint | null {
  // An int64 has at most 19 digits.
  if (!(value instanceof JsonNumber) || !/^-?(?:0|[1-9]\d{0,18})$/.test(value.source)) return null;
  const exact = BigInt(value.source);
  return BigInt.asIntN(64, exact) === exact ? exact : null;
}

/** Like `JSON.stringify` for one object, but a bigint member is written as an integer. */
export function writeJson(fields: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(fields).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const text = typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
    return [`${JSON.stringify(name)}:${text}`];
  });
  return `{${members.join(',')}}`;
}
