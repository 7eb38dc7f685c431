import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../setup/step.mjs';
import { below, layOut, type LinuxPackage, scriptText } from './linux-package.ts';

/** rpm's names for Debian's architectures. */
const ARCHITECTURES: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64' };

/** Makes an rpm with the system's `rpmbuild`; `folder` is an empty working folder. */
export async function makeRpm(plan: LinuxPackage, folder: string): Promise<void> {
  const root = path.join(folder, 'root');
  await layOut(plan, root);
  const spec = path.join(folder, `${plan.name}.spec`);
  await writeFile(spec, await specFile(plan, root));
  const architecture = ARCHITECTURES[plan.architecture] ?? plan.architecture;
  const top = path.join(folder, 'rpmbuild');
  await mkdir(top);
  const made = await run({
    command: 'rpmbuild',
    args: ['-bb', '--target', `${architecture}-linux`, '--define', `_topdir ${top}`, spec],
  });
  if (!made.ok) throw new Error(`rpmbuild: ${made.reason}`);
  const built = path.join(top, 'RPMS', architecture);
  const [name] = await readdir(built);
  if (name === undefined) throw new Error('rpmbuild has made nothing.');
  await rename(path.join(built, name), plan.file);
}

/** https://rpm-software-management.github.io/rpm/manual/spec.html */
async function specFile(plan: LinuxPackage, root: string): Promise<string> {
  const { afterInstall, beforeRemove, afterRemove } = plan.scripts;
  const scriptlets = [
    ['%post', await scriptText(afterInstall)],
    ['%preun', await scriptText(beforeRemove)],
    ['%postun', await scriptText(afterRemove)],
  ] as const;
  return [
    // No stripping, debug package or build ids.
    '%global debug_package %{nil}',
    '%global __os_install_post %{nil}',
    '%global _build_id_links none',
    `%global _binary_payload ${payload(plan.compression)}`,
    `Name: ${plan.name}`,
    `Version: ${plan.version}`,
    'Release: 1',
    `Summary: ${plan.summary}`,
    'License: Unspecified',
    `URL: ${plan.url}`,
    `Packager: ${plan.maintainer}`,
    'AutoReqProv: no',
    ...plan.depends.map((depends) => `Requires: ${depends}`),
    '',
    '%description',
    plan.description,
    '',
    '%install',
    'mkdir -p "%{buildroot}"',
    `cp -al "${root}/." "%{buildroot}/"`,
    '',
    ...scriptlets
      .filter(([, script]) => script !== '')
      .flatMap(([name, script]) => [name, script.replaceAll('%', '%%'), '']),
    '%files',
    '%defattr(-,root,root)',
    ...(await fileList(root, plan.configFiles)),
    '',
  ].join('\n');
}

async function fileList(root: string, configFiles: readonly string[]): Promise<string[]> {
  const entries = await below(root);
  return entries
    .map((entry) => {
      const place = `/${path.relative(root, path.join(entry.parentPath, entry.name))}`;
      if (entry.isDirectory()) return isOurs(place) ? `%dir "${place}"` : '';
      return configFiles.includes(place) ? `%config(noreplace) "${place}"` : `"${place}"`;
    })
    .filter((line) => line !== '')
    .toSorted();
}

/** Other folders belong to the system. */
function isOurs(folder: string): boolean {
  return folder === '/etc/signoff' || folder.startsWith('/opt/');
}

/** https://rpm-software-management.github.io/rpm/manual/macros.html, `_binary_payload` */
function payload(compression: string): string {
  const payloads: Readonly<Record<string, string>> = {
    store: 'w.ufdio',
    gzip: 'w9.gzdio',
    bzip2: 'w9.bzdio',
    xz: 'w7T0.xzdio',
    xzmt: 'w7T0.xzdio',
  };
  const known = payloads[compression];
  if (known === undefined)
    throw new Error(`rpmbuild cannot compress a package with ${compression}.`);
  return known;
}
