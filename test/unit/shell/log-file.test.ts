import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type LogFile, openLogFile } from '../../../main/shell/log-file.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const noFault = (what: string): never => {
  throw new Error(what);
};

function lines(folder: string, name = 'signoff.log'): string[] {
  return readFileSync(path.join(folder, name), 'utf8').split(/\r?\n/).slice(0, -1);
}

test('lines are written as they are, one after the other, before the next thing is done', async () => {
  const folder = path.join(tempFolder(), 'logs', 'deep');
  const file = await openLogFile(folder, noFault);
  file.write('{"a":"100 %c of %s"}');
  file.write('{"b":2}');
  expect(lines(folder)).toEqual(['{"a":"100 %c of %s"}', '{"b":2}']);
});

test('what is logged in the process’s last moment is written, once', () => {
  const folder = tempFolder();
  const module = new URL('../../../main/shell/log-file.ts', import.meta.url).href;
  const program = `
    import { openLogFile } from ${JSON.stringify(module)};
    const file = await openLogFile(${JSON.stringify(folder)}, (what) => { throw new Error(what); });
    file.write('1');
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (const line of '2345') file.write(line);
    process.exit();
  `;
  execFileSync(process.execPath, ['--input-type=module', '--eval', program]);
  expect(lines(folder)).toEqual(['1', '2', '3', '4', '5']);
});

test('five files of about 1 MB are kept', async () => {
  const folder = tempFolder();
  for (const age of [1, 2, 3, 4]) writeFileSync(path.join(folder, `signoff.${age}.log`), `${age}`);
  writeFileSync(path.join(folder, 'signoff.log'), 'x'.repeat(1_000_001));
  const file = await openLogFile(folder, noFault);
  file.write('{"n":1}');
  expect(lines(folder)).toEqual(['{"n":1}']);
  expect(readdirSync(folder).toSorted()).toEqual([
    'signoff.1.log',
    'signoff.2.log',
    'signoff.3.log',
    'signoff.4.log',
    'signoff.log',
  ]);
  expect(statSync(path.join(folder, 'signoff.1.log')).size).toBe(1_000_001);
  expect(readFileSync(path.join(folder, 'signoff.4.log'), 'utf8')).toBe('3');
});

test.skipIf(process.platform === 'win32')('only its owner can read it', async () => {
  const folder = tempFolder();
  const file = await openLogFile(folder, noFault);
  file.write('{}');
  expect(lines(folder)).toEqual(['{}']);
  expect(statSync(path.join(folder, 'signoff.log')).mode & 0o777).toBe(0o600);
});

test('a folder that cannot be written to is told of once, and nothing is thrown', async () => {
  const base = tempFolder();
  writeFileSync(path.join(base, 'file'), '');
  const faults: string[] = [];
  const file: LogFile = await openLogFile(path.join(base, 'file', 'logs'), (what) => {
    faults.push(what);
    // As the app does, with all that happens.
    file.write('log-not-written');
  });
  file.write('{}');
  file.write('{}');
  expect(faults).toEqual([expect.stringContaining('ENOTDIR')]);
});
