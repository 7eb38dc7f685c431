import { readFile, writeFile } from 'node:fs/promises';

/**
 * Two commands for the app, before Windows Installer looks for files in use and closes their programs through the
 * Restart Manager. Exit codes are ignored, because the app need not be running.
 *
 * An uninstallation has it quit, which signs off. `REMOVE` is `ALL` only where the command line says so, or from
 * `InstallValidate` on: until then it is the feature's action that tells (2: absent), once `CostFinalize` is over,
 * https://learn.microsoft.com/en-us/windows/win32/msi/conditioning-actions-to-run-during-removal. An upgrade also removes the old
 * version, but that product then has `UPGRADINGPRODUCTCODE`.
 *
 * An upgrade or a repair is announced, so that the close is no leaving. The executable is named by its folder,
 * because the newer product's file is not there yet.
 */
const TELL_APP_FIRST = `
    <CustomAction Id="signOffAndQuit" FileKey="mainExecutable" ExeCommand="quit" Execute="immediate" Impersonate="yes" Return="ignore"/>
    <CustomAction Id="prepareUpdate" Directory="APPLICATIONFOLDER" ExeCommand="&quot;[APPLICATIONFOLDER]Signoff.exe&quot; prepare-update" Execute="immediate" Impersonate="yes" Return="ignore"/>
    <InstallExecuteSequence>
      <Custom Action="signOffAndQuit" Before="InstallValidate"><![CDATA[Installed AND NOT UPGRADINGPRODUCTCODE AND (REMOVE ~= "ALL" OR &ProductFeature = 2)]]></Custom>
      <Custom Action="prepareUpdate" Before="InstallValidate"><![CDATA[(WIX_UPGRADE_DETECTED OR REINSTALL) AND NOT REMOVE]]></Custom>
    </InstallExecuteSequence>
`;

/**
 * What the machine gets beside the files. Signoff starts at every user's login; it exits at once if neither the
 * policy nor the agent wants that. `main/common/start-at-login.ts` knows the value by its name. And the PATH has
 * the folder of the command for a terminal, until the component goes.
 */
const FOR_THE_MACHINE = `
      <Component Id="forTheMachine">
        <RegistryValue Root="HKLM" Key="Software\\Microsoft\\Windows\\CurrentVersion\\Run" Name="Signoff" Type="string" Value="&quot;[#mainExecutable]&quot; --hidden --at-login" KeyPath="yes"/>
        <Environment Id="commandPath" Name="PATH" Value="[APPLICATIONFOLDER]bin" Action="set" Part="last" Permanent="no" System="yes"/>
      </Component>
`;

/** electron-builder calls it with the WiX project's file before compiling it. */
export default async function msiProjectCreated(file: string): Promise<void> {
  await writeFile(file, extendProject(await readFile(file, 'utf8')));
}

/** Adds what the app is told, the start at login, and the command's place on the PATH. */
export function extendProject(project: string): string {
  return insertBefore(
    '</Product>',
    TELL_APP_FIRST,
    insertBefore('</ComponentGroup>', FOR_THE_MACHINE, project),
  );
}

function insertBefore(end: string, part: string, project: string): string {
  const [before = '', after, ...more] = project.split(end);
  if (after === undefined || more.length > 0) {
    throw new Error('This is no WiX project as electron-builder makes it.');
  }
  return `${before}${part}  ${end}${after}`;
}
