import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** @type {readonly NodeJS.Signals[]} */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const samePressMs = 500;

/**
 * Runs a program in place of this process: input, output and signals are passed through. A Ctrl-C reaches
 * the terminal's whole process group, and npm forwards it once more. Electron dies at the second signal, so
 * the program gets its own group and each signal once.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, stdio?: import('node:child_process').StdioOptions }} [options]
 * @returns {Promise<number>} the exit code
 */
export function passThrough(command, args, { env = process.env, cwd, stdio = 'inherit' } = {}) {
  return new Promise((resolve) => {
    const windows = process.platform === 'win32';
    const child = spawn(command, args, {
      env,
      stdio,
      detached: !windows,
      ...(cwd === undefined ? {} : { cwd }),
    });
    let last = -Infinity;
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => {
      // A Windows console signals all its processes itself, and `kill` there terminates at once.
      if (windows || Date.now() - last < samePressMs) return;
      last = Date.now();
      child.kill(signal);
    };
    /** @param {number} code */
    const finish = (code) => {
      for (const signal of passedOn) process.off(signal, passOn);
      resolve(code);
    };
    for (const signal of passedOn) process.on(signal, passOn);
    child.on('error', (error) => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`);
      finish(127);
    });
    child.on('exit', (code, signal) =>
      finish(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
    );
  });
}
