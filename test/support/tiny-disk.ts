import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { endedWithUs } from './ended.ts';

/** A disk of its own, so small that it can really be full. */
export interface TinyDisk {
  readonly folder: string;
  /** Leaves that many blocks of room, and no more. */
  fill(leaveBlocks: number): void;
  /** Leaves none, and takes what others make free, until `clear`. Resolves once it is full. */
  keepFull(): Promise<void>;
  /** Makes room again. */
  clear(): void;
  makeReadOnly(): void;
}

/** Whether this user may mount one. */
export const mayMount = tryMount();

/** A disk of `kilobytes`, until the test is over. */
export function tinyDisk(kilobytes: number): TinyDisk {
  const folder = mount(kilobytes);
  onTestFinished(() => unmount(folder));
  const filler = path.join(folder, 'filler');
  let filling: ChildProcess | null = null;
  return {
    folder,
    fill(leaveBlocks) {
      rmSync(filler, { force: true });
      const { bavail, bsize } = statfsSync(folder);
      if (bavail < leaveBlocks) throw new Error(`only ${bavail} blocks are free`);
      writeFileSync(filler, Buffer.alloc((bavail - leaveBlocks) * bsize));
    },
    async keepFull() {
      const loop = 'while :; do cat /dev/zero >>"$0" 2>/dev/null; echo full; done';
      const child = spawn('sh', ['-c', loop, filler], { stdio: ['ignore', 'pipe', 'ignore'] });
      filling = endedWithUs(child);
      await once(child.stdout, 'data');
      // Nobody reads how often it was full.
      child.stdout.resume();
    },
    clear() {
      filling?.kill('SIGKILL');
      rmSync(filler, { force: true });
    },
    makeReadOnly: () => void execFileSync('mount', ['-o', 'remount,bind,ro', folder]),
  };
}

function mount(kilobytes: number): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'signoff-disk-'));
  try {
    const options = ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder];
    execFileSync('mount', options, { stdio: 'ignore' });
    return folder;
  } catch (error) {
    rmdirSync(folder);
    throw error;
  }
}

function unmount(folder: string): void {
  execFileSync('umount', [folder]);
  rmdirSync(folder);
}

function tryMount(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    unmount(mount(64));
    return true;
  } catch {
    // Only root may, and not in every container.
    return false;
  }
}
