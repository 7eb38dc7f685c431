import { readFile, writeFile } from 'node:fs/promises';

/**
 * Runs `Signoff.exe quit`, which signs off, before an uninstallation looks for files in use. An upgrade also
 * removes the old version, but leaves the running app to the Restart Manager. The exit code is ignored,
 * because the app need not be running.
 */
const SIGN_OFF_FIRST = `
    <CustomAction Id="signOffAndQuit" FileKey="mainExecutable" ExeCommand="quit" Execute="immediate" Impersonate="yes" Return="ignore"/>
    <InstallExecuteSequence>
      <Custom Action="signOffAndQuit" Before="InstallValidate"><![CDATA[REMOVE = "ALL" AND NOT UPGRADINGPRODUCTCODE]]></Custom>
    </InstallExecuteSequence>
`;

/**
 * Starts Signoff at every user's login; it exits at once if neither the policy nor the agent wants that.
 * `main/lifecycle/login-item.ts` knows the value by its name.
 */
const START_AT_LOGIN = `
      <Component Id="startAtLogin">
        <RegistryValue Root="HKLM" Key="Software\\Microsoft\\Windows\\CurrentVersion\\Run" Name="Signoff" Type="string" Value="&quot;[#mainExecutable]&quot; --hidden --at-login" KeyPath="yes"/>
      </Component>
`;

/** electron-builder calls it with the WiX project's file before compiling it. */
export default async function msiProjectCreated(file: string): Promise<void> {
  await writeFile(file, extendProject(await readFile(file, 'utf8')));
}

/** Adds a sign-off before uninstallation, and the start at login. */
export function extendProject(project: string): string {
  return insertBefore(
    '</Product>',
    SIGN_OFF_FIRST,
    insertBefore('</ComponentGroup>', START_AT_LOGIN, project),
  );
}

function insertBefore(end: string, part: string, project: string): string {
  const [before = '', after, ...more] = project.split(end);
  if (after === undefined || more.length > 0) {
    throw new Error('This is no WiX project as electron-builder makes it.');
  }
  return `${before}${part}  ${end}${after}`;
}
