import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../setup/step.mjs';
import { below, layOut, type LinuxPackage, scriptText } from './linux-package.ts';

/** Makes a deb with the system's `dpkg-deb`; `folder` is an empty working folder. */
export async function makeDeb(plan: LinuxPackage, folder: string): Promise<void> {
  const root = path.join(folder, 'root');
  await layOut(plan, root);
  const files = (await below(root))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
  const sums: string[] = [];
  let bytes = 0;
  for (const file of files) {
    const content = await readFile(file);
    bytes += content.length;
    // dpkg requires MD5, to detect corruption.
    const sum = createHash('md5').update(content).digest('hex');
    sums.push(`${sum}  ${path.relative(root, file)}\n`);
  }

  const control = path.join(root, 'DEBIAN');
  await mkdir(control);
  await chmod(control, 0o755);
  const write = async (name: string, content: string, mode: number): Promise<void> => {
    if (content === '') return;
    await writeFile(path.join(control, name), content);
    await chmod(path.join(control, name), mode);
  };
  await write('control', controlFile(plan, bytes), 0o644);
  await write('md5sums', sums.join(''), 0o644);
  await write('conffiles', plan.configFiles.map((file) => `${file}\n`).join(''), 0o644);
  await write('postinst', await scriptText(plan.scripts.afterInstall), 0o755);
  await write('prerm', await scriptText(plan.scripts.beforeRemove), 0o755);
  await write('postrm', await scriptText(plan.scripts.afterRemove), 0o755);

  const made = await run({
    command: 'dpkg-deb',
    args: ['--root-owner-group', ...compression(plan.compression), '--build', root, plan.file],
  });
  if (!made.ok) throw new Error(`dpkg-deb: ${made.reason}`);
}

/** https://www.debian.org/doc/debian-policy/ch-controlfields.html */
function controlFile(plan: LinuxPackage, bytes: number): string {
  const fields: [string, string][] = [
    ['Package', plan.name],
    ['Version', plan.version],
    ['Section', plan.section],
    ['Priority', plan.priority],
    ['Architecture', plan.architecture],
    ['Maintainer', plan.maintainer],
    ['Installed-Size', String(Math.ceil(bytes / 1024))],
    ['Depends', plan.depends.join(', ')],
    ['Recommends', plan.recommends.join(', ')],
    ['Homepage', plan.url],
    ['Description', [plan.summary, ...plan.description.split('\n')].join('\n ')],
  ];
  return fields
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

/** fpm's names differ from dpkg-deb's. */
function compression(name: string): string[] {
  const names: Readonly<Record<string, string>> = {
    store: 'none',
    gz: 'gzip',
    zst: 'zstd',
    xz: 'xz',
  };
  const known = names[name];
  if (known === undefined) throw new Error(`dpkg-deb cannot compress a package with ${name}.`);
  return [`-Z${known}`];
}
