import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { LINUX_POLICY_FILE } from '../../../main/settings/policy/linux.ts';
import { takes } from '../../support/takes.ts';

const FOLDER = path.dirname(LINUX_POLICY_FILE);

/** The real place, which only root can write to; where there is a policy already, it is left alone. */
export const MAY_LAY_DOWN_POLICY =
  process.platform === 'linux' && process.getuid?.() === 0 && !existsSync(FOLDER);
export const TAKES_THE_MACHINE = takes(`root, and a machine without ${FOLDER}`);

/** Makes the folder of the machine's policy, without one, until the test is over. */
export function openPolicyFolder(): void {
  mkdirSync(FOLDER, { mode: 0o755 });
  onTestFinished(() => rmSync(FOLDER, { recursive: true }));
  chmodSync(FOLDER, 0o755);
}

/** Lays the machine's policy down in its folder, or anew. */
export function layDownPolicy(policy: object, mode = 0o644): void {
  writeFileSync(LINUX_POLICY_FILE, JSON.stringify(policy));
  chmodSync(LINUX_POLICY_FILE, mode);
}
