import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';

export const isRoot = process.getuid?.() === 0;

const NOBODY = 65_534;

/** Gives a file or folder, if it is root's, to whoever `asOrdinaryUser` is. */
export function giveToOrdinaryUser(place: string): void {
  if (isRoot) chownSync(place, NOBODY, NOBODY);
}

/** Does this, at once, as somebody whom permissions hold off, as they do not root. */
export function asOrdinaryUser<T>(work: () => T): T {
  if (!isRoot) return work();
  process.seteuid?.(NOBODY);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

/** Runs Node as somebody whom permissions hold off; returns what it prints. */
export function nodeAsOrdinaryUser(script: string, ...args: string[]): string {
  // Still root by its number, so that it can read the project, but with none of root's rights.
  const before = isRoot ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : [];
  return runNode(before, script, args);
}

/** What has a command run as root: nothing, if it is, or in a namespace in which this user is; null if it may not. */
export const asRoot = isRoot ? [] : tryNamespace();

/** Runs Node as another user of this machine; returns what it prints. */
export function nodeAsNobody(script: string, ...args: string[]): string {
  const become = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
  return runNode(become, script, args);
}

export function node(script: string, ...args: string[]): string {
  return runNode([], script, args);
}

export const mayBecomeNobody = isRoot && tryNobody();

function tryNobody(): boolean {
  try {
    return nodeAsNobody('console.log(process.getuid())') === String(NOBODY);
  } catch {
    // No setpriv, or Node is where only root may go.
    return false;
  }
}

function tryNamespace(): readonly string[] | null {
  const command = ['unshare', '--map-root-user', '--mount'];
  const [unshare, ...args] = [...command, 'true'];
  return spawnSync(unshare, args).status === 0 ? command : null;
}

function runNode(before: readonly string[], script: string, args: readonly string[]): string {
  const [command = '', ...rest] = [...before, process.execPath, '-e', script, ...args];
  return execFileSync(command, rest, { encoding: 'utf8', cwd: '/' }).trim();
}
