const MACHINE_FOLDER = /^machine-[0-9a-f]{8}$/;

/** The name of a machine's folder in the data folder, by the machine's id. */
export function machineFolder(id: string): string {
  return `machine-${id}`;
}

/** Whether a folder of that name in the data folder is a machine's. */
export function isMachineFolder(name: string): boolean {
  return MACHINE_FOLDER.test(name);
}
