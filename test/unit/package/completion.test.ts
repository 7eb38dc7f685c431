import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { HELP, readCommandLine } from '../../../main/shell/cli/command-line.ts';

/** What bash offers after these words, the last of which is being written. */
function completions(...words: string[]): string[] {
  const script = `
    source build/linux/completion.bash
    compopt() { :; }
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
    _signoff
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', 'signoff', ...words], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

const COMMANDS = completions('').filter((word) => !word.startsWith('-'));
/** As `--help` has them. */
const HELPED = [...HELP.matchAll(/^signoff ([a-z][a-z-]*)/gm)].map(([, name = '']) => name);
/** Where an option stands for nothing without a value. */
const VALUES: Readonly<Record<string, string>> = {
  '--kind': '7',
  '--reason': '4',
  '--timeout': '5',
  '--limit': '5',
  '--check': 'policy.json',
  '--password-file': 'password.txt',
  '--site': 'https://example.com',
  '--user': 'anna',
  '--account': '12',
  '--user-data-dir': '/tmp/files',
};

// Each starts a shell that loads all of its completions, which takes a busy machine a while.
describe.runIf(process.platform === 'linux')('the shell completes', { timeout: 120_000 }, () => {
  test('every command that there is', () => {
    expect(new Set(COMMANDS)).toEqual(new Set(HELPED));
  });

  test.each(COMMANDS)('%s with every option that it has', (command) => {
    // Down to where the next command begins.
    const inHelp = [
      ...HELP.matchAll(new RegExp(`^signoff ${command} ([^]*?)(?=^signoff |^With)`, 'gm')),
    ].flatMap(([, rest = '']) => rest.match(/--[a-z-]+/g) ?? []);
    const offered = completions(command, '--').filter(
      (option) => !['--user-data-dir', '--help'].includes(option),
    );
    expect(new Set(offered)).toEqual(new Set(inHelp));
  });

  test.each(COMMANDS)('%s with nothing that it does not know', (command) => {
    const needed = { diagnostics: ['file.zip'], 'login-item': ['on'] }[command] ?? [];
    for (const option of completions(command, '--')) {
      const value = VALUES[option];
      const args = [command, ...needed, option, ...(value === undefined ? [] : [value])];
      expect([option, readCommandLine(args).invocation.kind]).not.toEqual([option, 'misused']);
    }
  });

  test('a command behind the data folder', () => {
    expect(completions('--user-data-dir', '/tmp', 'sta')).toEqual(['status']);
  });

  test('files where there are to be some', () => {
    expect(completions('policy', '--check', 'package.j')).toEqual(['package.json']);
    expect(completions('diagnostics', 'package.j')).toEqual(['package.json']);
    expect(completions('hold', 'package.j')).toEqual(['package.json']);
    expect(completions('sign-in', '--password-file', 'package.j')).toEqual(['package.json']);
    expect(completions('--user-data-dir', 'build/li')).toEqual(['build/linux']);
  });

  test('on and off', () => {
    expect(completions('login-item', 'o')).toEqual(['on', 'off']);
  });
});
