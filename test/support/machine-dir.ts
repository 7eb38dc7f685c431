import { foldersOf } from '../../main/app/folders.ts';
import { machineId, systemMachineSources } from '../../main/lifecycle/machine.ts';

/** This machine's part of a data folder. */
export function machineDirOf(dataDir: string): string {
  return foldersOf({ named: dataDir, own: '', machine: machineId(systemMachineSources) })
    .machineDir;
}
