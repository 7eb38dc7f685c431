import { readFile, writeFile } from 'node:fs/promises';

/**
 * Runs `Signoff.exe quit`, which signs off, before an uninstallation looks for files in use. An upgrade
 * removes the old version too, but leaves the running app to the Restart Manager. That the app was not
 * running is no failure.
 */
const SIGN_OFF_FIRST = `
    <CustomAction Id="signOffAndQuit" FileKey="mainExecutable" ExeCommand="quit" Execute="immediate" Impersonate="yes" Return="ignore"/>
    <InstallExecuteSequence>
      <Custom Action="signOffAndQuit" Before="InstallValidate"><![CDATA[REMOVE = "ALL" AND NOT UPGRADINGPRODUCTCODE]]></Custom>
    </InstallExecuteSequence>
`;

/** electron-builder calls it with the file of the WiX project that it is about to compile. */
export default async function msiProjectCreated(file: string): Promise<void> {
  await writeFile(file, withSignOff(await readFile(file, 'utf8')));
}

/** The project with the uninstallation signing off first. */
export function withSignOff(project: string): string {
  const END = '</Product>';
  if (!project.includes(END))
    throw new Error('This is no WiX project as electron-builder makes it.');
  return project.replace(END, `${SIGN_OFF_FIRST}  ${END}`);
}
