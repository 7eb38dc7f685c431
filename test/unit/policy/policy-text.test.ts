import { describe, expect, test, vi } from 'vitest';
import { checkPolicyText, readPolicyText } from '../../../main/settings/policy/policy-text.ts';
import { jsonErrorPosition } from '../../../main/settings/policy/json-error-position.ts';
import fc from '../../support/property.ts';

describe('a policy file', () => {
  test('is what it says', () => {
    expect(readPolicyText('{"leftover": "resume"}')).toEqual({
      ok: true,
      content: { leftover: 'resume' },
    });
  });

  test('may begin with the mark that Windows’ editors put there', () => {
    expect(readPolicyText('\uFEFF{}')).toEqual({ ok: true, content: {} });
  });

  test('keeps that mark where it is no first character', () => {
    const content = { defaultSite: 'a\uFEFFb' };
    expect(readPolicyText(JSON.stringify(content))).toEqual({ ok: true, content });
  });

  test('may name its schema', () => {
    const text = '{"$schema": "policy.schema.json", "leftover": "resume"}';
    expect(checkPolicyText(text)).toEqual([]);
  });

  test.each(['[]', 'null', '"leftover"', '1'])('has to be an object, not %s', (text) => {
    expect(checkPolicyText(text)).toEqual(['The file is not a JSON object.']);
  });
});

test('a policy file that alone the parser finds fault with is refused without a place', () => {
  const parse = vi.spyOn(JSON, 'parse').mockImplementationOnce(() => {
    throw new SyntaxError('Unexpected token');
  });
  const problems = checkPolicyText('{}');
  parse.mockRestore();
  expect(problems).toEqual(['The file is not valid JSON.']);
});

describe('where a text stops being JSON', () => {
  test.each([
    { text: '', line: 1, column: 1 },
    { text: '{', line: 1, column: 2 },
    { text: '{"a": 1,}', line: 1, column: 9 },
    { text: '{"a": 1 "b": 2}', line: 1, column: 9 },
    { text: '{\n  "a": tru\n}', line: 2, column: 8 },
    { text: '{\n  "a": "x\n}', line: 2, column: 8 },
    { text: '{\n  // none\n}', line: 2, column: 3 },
    { text: "{'a': 1}", line: 1, column: 2 },
    { text: '[1, 01]', line: 1, column: 6 },
    { text: '{} {}', line: 1, column: 4 },
    { text: '{1: 2}', line: 1, column: 2 },
    { text: '{true: 2}', line: 1, column: 2 },
    { text: String.raw`["\u00e"]`, line: 1, column: 2 },
    // Nobody nests a policy so deeply.
    { text: '['.repeat(66) + ']'.repeat(66), line: 1, column: 66 },
    { text: `${'['.repeat(65)},${']'.repeat(65)}`, line: 1, column: 66 },
    { text: `${'{"a":'.repeat(66)}1${'}'.repeat(66)}`, line: 1, column: 65 * 5 + 1 },
  ])('is line $line, column $column of $text', ({ text, line, column }) => {
    expect(jsonErrorPosition(text)).toEqual({ line, column });
  });

  test.each([
    ' 1 ',
    '{ "a" : [ 1 , 2 ] , "b" : { } }\n',
    '[1e5, -0.5E+3, 10, true, null]',
    String.raw`{"caf\u00e9": "\"\\\/\b"}`,
    '['.repeat(65) + ']'.repeat(65),
  ])('is nowhere in %j', (text) => {
    expect(jsonErrorPosition(text)).toBeNull();
  });

  test('is nowhere in what the parser takes, and somewhere in all else', () => {
    const parses = (text: string): boolean => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const almost = fc
      .tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2, unit: 'binary' }))
      .map(
        ([json, at, more]) =>
          json.slice(0, at % (json.length + 1)) + more + json.slice(at % (json.length + 1)),
      );
    fc.assert(
      fc.property(fc.oneof(fc.json(), almost, fc.string()), (text) => {
        expect(jsonErrorPosition(text) === null).toBe(parses(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
