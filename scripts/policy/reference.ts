import {
  describeKind,
  type SettingMetadata,
  type SettingKind,
} from '../../main/settings/metadata.ts';
import { LINUX_POLICY_FILE } from '../../main/settings/policy/linux.ts';
import { MAC_DOMAIN } from '../../main/settings/policy/macos.ts';

const REGISTRY: Readonly<Record<SettingKind['type'], string>> = {
  switch: '`REG_DWORD`, 0 or 1',
  number: '`REG_DWORD`',
  choice: '`REG_SZ`',
  text: '`REG_SZ`',
  list: '`REG_MULTI_SZ`',
};

/** The reference of all settings, for administrators. */
export function reference(settings: readonly SettingMetadata[]): string {
  return `# Policy reference

Every setting that IT can lay down. This page and the files in [policy](../policy) are generated from the
settings' schema by \`npm run policy\`.

## Where a policy stands

| system  | machine policy | user policy |
| ------- | -------------- | ----------- |
| Windows | \`HKLM\\Software\\Policies\\Signoff\` | \`HKCU\\Software\\Policies\\Signoff\` |
| macOS   | the managed preferences of \`${MAC_DOMAIN}\` for the machine | those for the person |
| Linux   | \`${LINUX_POLICY_FILE}\` | |

- The machine's policy counts before the user's, before what the agent has chosen, before the default.
- A value that is not valid is passed over by itself, so that the next of these counts; it is logged, and
  named by \`signoff policy\`. A list loses those of its entries that are not valid.
- A setting that restricts never opens up by such a slip: what it is then, its strictest, is in its column
  "where not valid", and stands beside the problem in the log and in \`signoff policy\`.
- What cannot be read keeps what was read last, also over a restart: the running app keeps it, without the
  token and a proxy's password, as \`last-policy.json\` in the person's data folder. It is logged as an error
  (\`policy-not-read\`) and tried again after 1, 5 and 30 seconds.
- A change counts at once on macOS and Linux. On Windows it counts when the machine wakes or is unlocked,
  and within 30 minutes.
- On Windows it is read by \`reg.exe\` or, where a policy forbids that or the command prompt, by Windows
  PowerShell. Where both are forbidden, Signoff cannot read its policy.
- On Linux the file must be a regular file that belongs to root, in a folder that does, and neither may be
  a link or writable by group or others. Anything else is not read.
- On macOS only what a configuration profile forces counts; what \`defaults write\` sets does not.

\`signoff policy --check FILE\` checks a policy file (JSON, as on Linux) before it is rolled out;
\`signoff policy\` shows what counts on a machine, and why.

| file | for |
| ---- | --- |
| [Signoff.admx](../policy/windows/Signoff.admx), [en-US/Signoff.adml](../policy/windows/en-US/Signoff.adml) | group policy and Intune |
| [${MAC_DOMAIN}.mobileconfig](../policy/macos/${MAC_DOMAIN}.mobileconfig) | macOS: a profile with every setting of IT's at its default |
| [${MAC_DOMAIN}.plist](../policy/macos/${MAC_DOMAIN}.plist) | macOS: the manifest for profile editors |
| [policy.json](../policy/linux/policy.json) | Linux: every setting of IT's at its default |
| [policy.schema.json](../policy/policy.schema.json) | editors: the JSON schema of a policy file |

## What IT alone sets

${settings
  .filter(({ isAgentSetting }) => !isAgentSetting)
  .map(section)
  .join('\n')}
## What the agent chooses, where no policy sets it

${settings
  .filter(({ isAgentSetting }) => isAgentSetting)
  .map(section)
  .join('\n')}`;
}

function section(setting: SettingMetadata): string {
  const { name, title, description, kind, fallback } = setting;
  const standard = `\`${JSON.stringify(setting.default)}\``;
  const instead = fallback === null ? 'passed over' : `\`${JSON.stringify(fallback)}\``;
  return `### ${name}

**${title}.** ${description}

| can be | default | where not valid | in the registry |
| ------ | ------- | --------------- | --------------- |
| ${describeKind(kind).replaceAll('"', '`')} | ${standard} | ${instead} | ${REGISTRY[kind.type]} |
`;
}
