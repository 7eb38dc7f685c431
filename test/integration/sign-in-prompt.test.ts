import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { atTerminal, hasTerminals, TAKES_A_TERMINAL } from '../support/at-terminal.ts';

const PROMPT = path.join(import.meta.dirname, '../support/prompt.ts');
const SIGTERM = 15;
const SIGHUP = 1;

const run = (...steps: Parameters<typeof atTerminal>[1]) =>
  atTerminal([process.execPath, PROMPT], steps);

describe.skipIf(!hasTerminals)('what is typed at a real terminal', TAKES_A_TERMINAL, () => {
  test('does not show where it is hidden, and does where it is not', async () => {
    const { shown, code, restored } = await run(
      ['Password: ', 'pä:ss word\r'],
      ['Sure? ', 'yes\r'],
    );
    expect(shown.match(/pä:ss word/g)).toHaveLength(1);
    expect(shown).toMatch(/Sure\? .*yes/u);
    expect(shown).toContain('{"password":"pä:ss word","answer":"yes"}');
    expect({ code, restored }).toEqual({ code: 0, restored: true });
  });

  test('can be corrected, and started anew', async () => {
    const { shown } = await run(['Password: ', 'wrong\u0015secrex\u007ft\r'], ['Sure? ', '\r']);
    expect(shown).toContain('{"password":"secret","answer":""}');
  });

  test.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('and given up with %s leaves the terminal as it was', async (_key, typed) => {
    const { shown, code, restored } = await run(['Password: ', typed]);
    expect(shown).toContain('{"password":null,"answer":null}');
    expect({ code, restored }).toEqual({ code: 0, restored: true });
  });

  test.each([
    ['SIGTERM', SIGTERM, 143],
    ['SIGHUP', SIGHUP, 129],
  ])('and ended by %s leaves the terminal as it was', async (_name, signal, exitCode) => {
    const { code, restored } = await run(['Password: ', { signal }]);
    expect({ code, restored }).toEqual({ code: exitCode, restored: true });
  });
});
