import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isMissing } from '../../common/error-code.ts';
import { retryWhileBusy } from '../../common/retry-while-busy.ts';
import { socketFolder } from '../../common/socket-folder.ts';
import { writeAtomically } from '../../common/write-atomically.ts';

/** On Windows, contains the name of the running app's pipe, and the secret behind it. */
const PIPE_FILE = 'control.pipe';
const PIPE = /^(\\\\\.\\pipe\\signoff-[0-9a-f]{32})\n([0-9a-f]{64})$/;

/** Where the app hears commands. */
export interface ControlEndpoint {
  readonly path: string;
  /**
   * What the app proves to know before a command says anything; null where nobody else could listen there.
   * On Windows everybody sees the names of all pipes, and whoever takes the name of an app that was killed
   * would be sent what its commands say, such as passwords.
   */
  readonly secret: string | null;
}

/** What the app answers to a number that a command made up. */
export function proofOf(secret: string, nonce: string): string {
  return createHmac('sha256', secret).update(nonce).digest('hex');
}

export function isProof(secret: string, nonce: string, answer: string): boolean {
  const [expected, given] = [proofOf(secret, nonce), answer].map((text) => Buffer.from(text));
  if (expected === undefined || given === undefined) return false;
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/**
 * Where the app that is starting hears commands: in its machine's folder. On Windows all pipes share one
 * namespace, so the name is random and written into the folder. Throws as `socketFolder` does.
 */
export function openControlEndpoint(
  machineDir: string,
  platform: NodeJS.Platform = process.platform,
): ControlEndpoint {
  if (platform !== 'win32')
    return { path: path.join(socketFolder(machineDir, platform), 'control.sock'), secret: null };
  const pipe = `\\\\.\\pipe\\signoff-${randomBytes(16).toString('hex')}`;
  const secret = randomBytes(32).toString('hex');
  writeAtomically(path.join(machineDir, PIPE_FILE), `${pipe}\n${secret}`);
  return { path: pipe, secret };
}

/** Where the running app hears commands; null if none does. Throws as `openControlEndpoint` does. */
export function knownControlEndpoint(
  machineDir: string,
  platform: NodeJS.Platform = process.platform,
): ControlEndpoint | null {
  try {
    if (platform !== 'win32') return openControlEndpoint(machineDir, platform);
    const file = path.join(machineDir, PIPE_FILE);
    const [, pipe, secret] = PIPE.exec(retryWhileBusy(() => readFileSync(file, 'utf8'))) ?? [];
    return pipe === undefined || secret === undefined ? null : { path: pipe, secret };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** The app that goes takes the name of its pipe with it, so that nobody asks whoever takes that next. */
export function removeControlEndpoint(
  machineDir: string,
  platform: NodeJS.Platform = process.platform,
): void {
  if (platform !== 'win32') return;
  retryWhileBusy(() => rmSync(path.join(machineDir, PIPE_FILE), { force: true }));
}
