import { mkdirSync } from 'node:fs';
import { app } from 'electron';
import * as z from 'zod';
import { systemClock } from '../common/clock.ts';
import { errorCode } from '../common/error-code.ts';
import { errorText } from '../common/log.ts';
import { takeDataFolderLock } from '../lifecycle/data-folder-lock.ts';
import { type Claim, claimFolder, type Start } from '../lifecycle/single-instance.ts';
import { socketFolder } from '../common/socket-folder.ts';
import { findRunningApp } from '../shell/cli/control-client.ts';
import { knownControlEndpoint } from '../shell/cli/control-endpoint.ts';

/** What a second start tells the running app: the data that goes with its asking for the lock. */
const secondStart = z.object({ hidden: z.boolean() }).catch({ hidden: false });

export interface Unusable {
  readonly kind: 'unusable';
  readonly why: string;
}

const WHY_UNUSABLE: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EROFS: 'it cannot be written to',
  EACCES: 'it is not yours to write to',
  EPERM: 'it is not yours to write to',
  // Node's word where the folder around it cannot be written to.
  ENOENT: 'it cannot be made',
  ENOTDIR: 'there is a file in its place',
  EEXIST: 'there is a file in its place',
};

function whyUnusable(error: unknown): string {
  const code = errorCode(error);
  return (code === null ? undefined : WHY_UNUSABLE[code]) ?? errorText(error);
}

/**
 * Claims this machine's folder for this process. On Windows by Electron's lock, a window of the running app's, which
 * may then come to the front. Elsewhere by our own: Electron's is a file in the temporary folder, and whoever tidies
 * that has a second app run beside the first. `unusable`: the folder cannot be written to; why, in words.
 */
export async function claimInstance(machineDir: string, start: Start): Promise<Claim | Unusable> {
  if (process.platform !== 'win32') {
    try {
      mkdirSync(machineDir, { recursive: true, mode: 0o700 });
      return await claimFolder({ folder: socketFolder(machineDir), start, clock: systemClock });
    } catch (error) {
      return { kind: 'unusable', why: whyUnusable(error) };
    }
  }
  const { hidden } = start;
  const lock = await takeDataFolderLock({
    request: () => app.requestSingleInstanceLock({ hidden }),
    takesCommands: async () => (await findRunningApp(knownControlEndpoint(machineDir))) !== null,
    clock: systemClock,
  });
  if (lock !== 'taken') return { kind: lock };
  return {
    kind: 'taken',
    instance: {
      // Not by its arguments, whose order Chromium has changed by then.
      onStart: (listener) =>
        void app.on('second-instance', (_event, _argv, _folder, other) =>
          listener({ role: 'app', ...secondStart.parse(other) }),
        ),
      release: () => app.releaseSingleInstanceLock(),
    },
  };
}
