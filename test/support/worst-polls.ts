const LIMIT_BYTES = 1024 * 1024;
const ENVELOPE = 100;

const fill = (text: string): string =>
  text.repeat(Math.floor((LIMIT_BYTES - ENVELOPE) / text.length));
const saying = (text: string): string =>
  `{"getResponseTypes":[{"ChatMessage":{"text":"${fill(text)}"}}]}`;

/** Answers to a poll, each as long as one may be, of what takes the longest to read, to redact or to hand on. */
export const WORST_POLLS: Readonly<Record<string, string>> = {
  backslashes: saying(String.raw`\\`),
  quotes: saying(String.raw`\"`),
  'escapes of escapes': saying(String.raw`\u005c`),
  'names of secrets': saying('sessionid:'),
  messages: `{"getResponseTypes":[${fill('{},').slice(0, -1)}]}`,
};
