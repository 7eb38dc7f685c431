import { foldersOf } from '../../main/app/folders.ts';
import { machineId, systemMachineSources } from '../../main/lifecycle/machine.ts';

/** A machine's part of a data folder: this one's, or that of another id. */
export function machineDirOf(dataDir: string, machine = machineId(systemMachineSources)): string {
  return foldersOf({ named: dataDir, own: '', machine }).machineDir;
}
