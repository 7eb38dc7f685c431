import * as z from 'zod';
import type { ServerWords } from './call-end.ts';
import { CODE_FIELDS, WORD_FIELDS } from './mark.ts';

/** A parsed reply body, whatever its status. */
export type Reply =
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-json'; readonly html: boolean; readonly code: string | null }
  | {
      readonly kind: 'json';
      /** The whole of it. */
      readonly json: object;
      readonly words: ServerWords;
      /** The agent API's `chatSystemError`; null where there is none. */
      readonly systemError: { readonly code: string; readonly message: string } | null;
      /** What stands in one of the fields for an error's code, whatever the status. */
      readonly errorCode: string | null;
      /** The same, or a published code anywhere else in the body, which is preferred. */
      readonly code: string | null;
      readonly message: string | null;
    };

/** The API pages' exception codes. Which field of an error body holds them is not published. */
const EXCEPTION_CODES = /\b(ACCESS_DENIED|UNKNOWN_EXCEPTION|BAD_REQUEST|INTERNAL_SERVER_ERROR)\b/;

/**
 * Epoch milliseconds or ISO text, in both APIs: the agent page types its times as int64, describes them as
 * ISO text and shows epoch milliseconds; the consumer page shows ISO text.
 */
const instant = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+$/)
      .transform(Number),
    // Must begin with a date: `Date.parse` takes "error 5" for a day in May.
    z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}T/)
      .transform((text) => Date.parse(text)),
  ])
  // Years 0 to 9999, the range of ISO 8601 without special agreement.
  .pipe(z.number().min(-62_167_219_200_000).max(253_402_300_799_999))
  .nullable()
  .catch(null);

/** An int64 as decimal text. A number loses digits past 2^53, hence the API's `…String` fields. */
const int64 = z
  .union([z.string().regex(/^-?\d{1,20}$/), z.number().int().transform(String)])
  .nullable()
  .catch(null);

const text = z.string().regex(/\S/).nullable().catch(null);

const words = z.looseObject({
  serviceStartTime: instant,
  serviceFinishTime: instant,
  clientId: int64,
  clientIdString: int64,
});
const agentReply = words.extend({ sequenceNumber: int64, sequenceNumberString: int64 });
const consumerReply = words.extend({
  clientTransactionId: int64,
  clientTransactionIdString: int64,
});

const systemErrorSchema = z.looseObject({ errorCondition: text, text, type: text });
const errorSchema = z.looseObject(
  Object.fromEntries([...CODE_FIELDS, ...WORD_FIELDS].map((field) => [field, text])),
);

/** Reads a reply of the agent API, leniently: what is missing or of another type is null. */
export function readAgentReply(body: string, json = parseObject(body)): Reply {
  return readReply(body, json, (all) => {
    const reply = agentReply.parse(all);
    return { ...common(reply), sequenceNumber: reply.sequenceNumberString ?? reply.sequenceNumber };
  });
}

/** Reads a reply of the consumer API, leniently: what is missing or of another type is null. */
export function readConsumerReply(body: string, json = parseObject(body)): Reply {
  return readReply(body, json, (all) => {
    const reply = consumerReply.parse(all);
    return {
      ...common(reply),
      sequenceNumber: reply.clientTransactionIdString ?? reply.clientTransactionId,
    };
  });
}

function common(reply: z.infer<typeof words>): Omit<ServerWords, 'sequenceNumber'> {
  return {
    serviceStartTime: reply.serviceStartTime,
    serviceFinishTime: reply.serviceFinishTime,
    clientId: reply.clientIdString ?? reply.clientId,
  };
}

function readReply(
  body: string,
  json: object | null,
  readWords: (json: object) => ServerWords,
): Reply {
  if (body.trim() === '') return { kind: 'empty' };
  const code = knownCode(body);
  if (json === null) return { kind: 'not-json', html: body.trimStart().startsWith('<'), code };
  const error = errorSchema.parse(json);
  const first = (fields: readonly string[]): string | null =>
    fields.map((field) => error[field] ?? null).find((said) => said !== null) ?? null;
  const said = first(CODE_FIELDS);
  const errorCode = knownCode(said ?? '') ?? said;
  return {
    kind: 'json',
    json,
    words: readWords(json),
    systemError: readSystemError(json),
    errorCode,
    code: knownCode(said ?? '') ?? code ?? said,
    message: first(WORD_FIELDS),
  };
}

function knownCode(said: string): string | null {
  return EXCEPTION_CODES.exec(said)?.[1] ?? null;
}

function readSystemError(json: object): { code: string; message: string } | null {
  const said: unknown = 'chatSystemError' in json ? json.chatSystemError : null;
  if (said === null || said === undefined) return null;
  const parsed = systemErrorSchema.safeParse(said);
  const error = parsed.success ? parsed.data : { errorCondition: null, type: null, text: null };
  const reason =
    typeof said === 'string' ? said : 'The chat server refused without giving a reason.';
  return {
    code: error.errorCondition ?? error.type ?? 'CHAT_SYSTEM_ERROR',
    message: error.text ?? reason,
  };
}

/** The JSON object in a body; null where it is none. Integers past 2^53 become their exact text. */
export function parseObject(body: string): object | null {
  let json: unknown;
  try {
    json = JSON.parse(withExactIntegers(body));
  } catch {
    // The caller tells what the answer is instead, and the parser's message would quote the body.
    return null;
  }
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : null;
}

/** A string, which is left as it is, or an integer that may be past 2^53. */
const STRING_OR_LARGE = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.eE+-])-?[1-9]\d{15,}(?![\d.eE])/gs;

/** In the text, because a function for `JSON.parse` makes it some 50 times as slow. */
function withExactIntegers(body: string): string {
  if (!/\d{16}/.test(body)) return body;
  return body.replace(STRING_OR_LARGE, (found) =>
    found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`,
  );
}
