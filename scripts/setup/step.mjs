import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(fileURLToPath(import.meta.url), '..', '..', '..');
export const cache = join(root, '.cache');

const log = join(cache, 'setup.log');
const heartbeatMs = 20_000;

/** A problem that a person has to solve; its message is one sentence. */
export class SetupError extends Error {}

/**
 * Prints to standard error. Standard output belongs to the command that set-up is for.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * @typedef {object} Step
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 * @property {number} [limitMs] the step is killed after this time
 */

/**
 * Runs a step with its output in the set-up log, and prints its progress.
 * @param {Step} step
 * @returns {Promise<{ ok: true, stdout: string } | { ok: false, reason: string }>}
 */
export async function run({ command, args, env = process.env, cwd = root, limitMs }) {
  mkdirSync(dirname(log), { recursive: true });
  appendFileSync(log, `\n${new Date().toISOString()} ${[command, ...args].join(' ')}\n`);
  const started = Date.now();
  const heartbeat = setInterval(() => {
    say(`  … ${Math.round((Date.now() - started) / 1000)} s`);
  }, heartbeatMs);
  let stdout = '';
  let output = '';
  try {
    return await new Promise((resolve) => {
      const child = spawn(command, args, {
        cwd,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        ...(limitMs === undefined ? {} : { timeout: limitMs }),
        windowsHide: true,
      });
      child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        stdout += text;
        output += text;
        appendFileSync(log, text);
      });
      child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        output += text;
        appendFileSync(log, text);
      });
      child.on('error', (error) => resolve({ ok: false, reason: error.message }));
      child.on('close', (code, signal) => {
        if (code === 0) resolve({ ok: true, stdout });
        else if (signal !== null && child.killed)
          resolve({ ok: false, reason: 'it took too long' });
        else resolve({ ok: false, reason: errorLine(output) ?? `it ended with ${code ?? signal}` });
      });
    });
  } finally {
    clearInterval(heartbeat);
  }
}

/** The set-up log, relative to the working folder. */
export function logPath() {
  return relative(process.cwd(), log);
}

// Stack traces and npm's details.
const noise = /^\s+at |complete log of this run|^Node\.js v|^(?:code|syscall|errno|path|dest) /;

const errorWords = /error|fail|can(?:not| only)|unable|not found|no such|refused|denied/i;

/**
 * The line of a failed program's output that most likely explains the failure.
 * @param {string} output
 */
function errorLine(output) {
  const lines = output
    .split('\n')
    .map((line) => line.replace(/^(?:npm (?:error|ERR!) ?)?(?:E: |\w*Error: )?/, '').trimEnd())
    .filter((line) => /\w/.test(line) && !noise.test(line));
  return (lines.find((line) => errorWords.test(line)) ?? lines.at(-1))?.trim();
}
