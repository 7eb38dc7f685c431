import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const MODULE = path.resolve('main/shell/cli/finish.ts');

/** How a process ends that finishes so; `before` is what it was made to do first. */
function finish(before: string) {
  const program = `${before}
    const { finish } = await import(${JSON.stringify(MODULE)});
    await finish({ exitCode: 4, output: 'the output\\n', problems: ['one', 'two'] });`;
  const args = ['--input-type=module', '--eval', program];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const END = { status: 4, stdout: 'the output\n', stderr: 'one\ntwo\n' };
// As Electron's lib/browser/init.ts does on Windows.
const ON_WINDOWS = `
  Object.defineProperty(process, 'platform', { value: 'win32' });
  process.stderr.write = (text) => process.stdout.write(text);`;

test('the output and the problems go their own ways, and the exit code out', () => {
  expect(finish('')).toEqual(END);
});

test('the problems do not get into the output, where Electron would put them there', () => {
  expect(finish(ON_WINDOWS)).toEqual(END);
});

test('where there is no standard error, the problems come before the output', () => {
  const closed = `import { closeSync } from 'node:fs'; closeSync(2);`;
  expect(finish(`${closed}${ON_WINDOWS}`)).toMatchObject({ stdout: 'one\ntwo\nthe output\n' });
});
