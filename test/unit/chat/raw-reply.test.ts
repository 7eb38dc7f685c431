import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { rawReply } from '../../../main/chat/raw-reply.ts';
import { redact, redactBeginning } from '../../../main/common/redact.ts';
import fc from '../../support/property.ts';
import { SAMPLE } from '../../support/samples.ts';
import { longestTurnDuring } from '../../support/turns.ts';

const { sessionId } = SAMPLE.agent;

/** The ways in which something on the way may write a text. */
const WRITINGS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in capitals': (text) => text.toUpperCase(),
  'as JSON': (text) => JSON.stringify(text).slice(1, -1),
  'as JSON in JSON': (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3),
  'as JSON with a slash escaped': (text) =>
    JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
  'as JSON by its codes': (text) =>
    eachCode(text, (code) => `\\u${code.toString(16).padStart(4, '0')}`),
  'for a URL': encodeURIComponent,
  'for a URL in a URL': (text) => encodeURIComponent(encodeURIComponent(text)),
  'for a URL by its codes': (text) =>
    eachCode(text, (code) => `%${code.toString(16).padStart(2, '0')}`),
  'for a page': (text) =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
  'for a page by its codes': (text) => eachCode(text, (code) => `&#x${code.toString(16)};`),
};

function eachCode(text: string, write: (code: number) => string): string {
  return Array.from(text, (character) => write(character.charCodeAt(0))).join('');
}

/** As long as session ids are; no digits, which would stand in any reply by chance. */
const visible = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
const secretId = fc
  .array(visible, { minLength: 8, maxLength: 60 })
  .map((characters) => characters.join(''))
  .filter((secret) => /[a-z]/i.test(secret.slice(4)));

describe('a body', () => {
  test('comes through as it came, with its status', () => {
    expect(rawReply(503, SAMPLE.concludeReply, sessionId)).toEqual({
      status: 503,
      body: SAMPLE.concludeReply,
      cut: false,
    });
  });

  test.for([
    [4_000, false],
    [4_001, true],
  ] as const)('of %d characters is cut: %s', ([length, cut]) => {
    const shown = rawReply(200, 'x'.repeat(length), sessionId);
    expect([shown.body.length, shown.cut]).toEqual([4_000, cut]);
  });

  test('is cut only after what is secret in it was struck out', () => {
    const shown = rawReply(200, `${'x'.repeat(3_990)}${sessionId}`, sessionId);
    expect(shown).toEqual({ status: 200, body: `${'x'.repeat(3_990)}node…`, cut: false });
  });
});

describe('a long body', () => {
  const LONG = 200_000;

  test('is cut', () => {
    const shown = rawReply(200, 'x'.repeat(LONG), sessionId);
    expect([shown.body.length, shown.cut]).toEqual([4_000, true]);
  });

  test('is cut, also where little of its beginning is left', () => {
    const shown = rawReply(200, `${sessionId} `.repeat(LONG / 30), sessionId);
    expect([shown.body.slice(0, 12), shown.cut]).toEqual(['node… node… ', true]);
  });

  test('shows nothing of a session id, wherever the part ends that is looked at', () => {
    const writing = fc.constantFrom(...Object.values(WRITINGS));
    fc.assert(
      fc.property(secretId, writing, fc.nat({ max: 60 }), (secret, write, shift) => {
        const body = `${'é'.repeat(shift)}${`${write(secret)} `.repeat(LONG / secret.length)}`;
        const shown = redactBeginning(body, 2_000, secret);
        expect(shown.text).toMatch(/^é*(?:.{4}… )*(?:.{4}…)?$/s);
        expect(shown.isWhole).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  test('takes no longer than one that is as long as what is looked at', async () => {
    const taking = (characters: number) =>
      longestTurnDuring(async () => {
        rawReply(200, '\\'.repeat(characters), sessionId);
        await nextTurn();
      });
    await taking(64_000);
    const short = await taking(64_000);
    expect(await taking(1024 * 1024)).toBeLessThan(short * 4);
  });
});

describe('the session id', () => {
  test.for(Object.keys(WRITINGS))('is struck out where it is written %s', (name) => {
    const written = WRITINGS[name]?.(sessionId) ?? '';
    expect(rawReply(403, `<<${written}>>`, sessionId).body).toBe('<<node…>>');
  });

  test('never comes through, however it is written and whatever is around it', () => {
    const writing = fc.constantFrom(...Object.values(WRITINGS));
    const around = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom('"sessionId":"', ';jsessionid=', '\\', '%', '&', '%2', '\\u00'),
    );
    fc.assert(
      fc.property(
        secretId,
        fc.array(fc.tuple(around, writing), { minLength: 1, maxLength: 5 }),
        (secret, pieces) => {
          const body = pieces.map(([before, write]) => `${before} ${write(secret)} `).join('');
          const shown = rawReply(200, body, secret).body.toLowerCase();
          const found = Object.values(WRITINGS)
            .map((write) => write(secret).toLowerCase())
            .filter((written) => shown.includes(written));
          expect(found).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('is not shown at all where it is short', () => {
    expect(rawReply(200, 'abcdefg is unknown', 'abcdefg').body).toBe('… is unknown');
  });

  test('leaves everything around it as it was', () => {
    // A backslash before it would make its first character an escape.
    const around = fc.string().filter((text) => !text.endsWith('\\'));
    fc.assert(
      fc.property(around, around, (before, after) => {
        expect(redact(`${before}${sessionId}${after}`, sessionId)).toBe(`${before}node…${after}`);
      }),
    );
  });
});

describe('another session id', () => {
  test.for([
    ['{"sessionId": "node0tgek4wvqxfq", "a": 1}', '{"sessionId": "node…", "a": 1}'],
    ['{"sessionId":"with \\"quotes\\" in it"}', '{"sessionId":"with…"}'],
    ['{"chatSessionId":"abcdefghij"}', '{"chatSessionId":"abcd…"}'],
    ['{"session_id_string":"abcdefghij"}', '{"session_id_string":"abcd…"}'],
    ['{"sessionId":1234567890}', '{"sessionId":1234…}'],
    ['{"sessionId":"short"}', '{"sessionId":"…"}'],
    ['{"sessionId":null,"a":"b"}', '{"sessionId":null,"a":"b"}'],
    ['{"a":"{\\"sessionId\\":\\"abcdefghij\\"}"}', '{"a":"{\\"sessionId\\":\\"abcd…\\"}"}'],
    ['JSESSIONID=abcdefghij; Path=/', 'JSESSIONID=abcd…; Path=/'],
    ['<a href="/x;jsessionid=abcdefghij?y=z">', '<a href="/x;jsessionid=abcd…">'],
    ['X-JSESSIONID: abcdefghij', 'X-JSESSIONID: abcd…'],
    ['?sessionid%3Dabcdefghij', '?sessionid%3Dabcd…'],
    ['<sessionId>abcdefghij</sessionId>', '<sessionId>abcd…</sessionId>'],
  ])('under its name is masked: %s', ([body, shown]) => {
    expect(rawReply(200, body ?? '', sessionId).body).toBe(shown);
  });

  test.for(['Your session is over.', 'The sessionId is unknown.', '{"sessionIds":[]}'])(
    'is not seen in %s',
    (body) => {
      expect(rawReply(200, body, sessionId).body).toBe(body);
    },
  );

  test("in the agent page's sample is masked", () => {
    const { body } = rawReply(200, SAMPLE.logoffReply, sessionId);
    expect(body).toBe(SAMPLE.logoffReply.replace('node0tgek4wvqxfq6udbauhu9abtb0', 'node…'));
  });
});
