import { chmod, cp, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** The content of a deb or an rpm. */
export type LinuxPackage = ReturnType<typeof readFpmCommand>;

const text = { type: 'string', default: '' } as const;
const list = { type: 'string', multiple: true, default: [] as string[] } as const;

/** Reads [fpm](https://fpm.readthedocs.io)'s command line as far as electron-builder uses it. Throws on other options. */
export function readFpmCommand(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'input-type': { ...text, short: 's' },
      'output-type': { ...text, short: 't' },
      force: { type: 'boolean' },
      depends: { ...list, short: 'd' },
      'deb-recommends': list,
      'deb-compression': { type: 'string', default: 'xz' },
      'deb-priority': { type: 'string', default: 'optional' },
      'rpm-os': text,
      'rpm-compression': { type: 'string', default: 'xzmt' },
      'rpm-summary': text,
      architecture: text,
      'after-install': text,
      'before-remove': text,
      'after-remove': text,
      'config-files': list,
      description: text,
      version: text,
      package: text,
      name: text,
      maintainer: text,
      vendor: text,
      url: text,
      category: { type: 'string', default: 'net' },
    },
  });
  const format = values['output-type'];
  if (values['input-type'] !== 'dir' || (format !== 'deb' && format !== 'rpm')) {
    throw new Error('Only a deb or an rpm can be made here, out of folders.');
  }
  const [first = '', ...rest] = values.description.trim().split('\n');
  return {
    format,
    /** The file to make. */
    file: path.resolve(values.package),
    name: values.name,
    version: values.version,
    architecture: values.architecture,
    maintainer: values.maintainer,
    url: values.url,
    section: values.category,
    priority: values['deb-priority'],
    summary: values['rpm-summary'] || first.trim(),
    description: rest.map((line) => line.trim()).join('\n') || first.trim(),
    depends: values.depends,
    recommends: values['deb-recommends'],
    compression: values[`${format}-compression`],
    /** Each file's or folder's source, and its installed path. */
    content: positionals.map((positional) => {
      const [source = '', target] = positional.split('=');
      if (target === undefined) throw new Error(`${positional} does not say where it belongs.`);
      return { source: path.resolve(source), target };
    }),
    /** Files that an upgrade keeps if the administrator has changed them. */
    configFiles: values['config-files'],
    /** Shell scripts that the package manager runs. */
    scripts: {
      afterInstall: values['after-install'],
      beforeRemove: values['before-remove'],
      afterRemove: values['after-remove'],
    },
  };
}

/** Copies a package's content below `root`, with the permissions of system folders. */
export async function layOut({ content }: LinuxPackage, root: string): Promise<void> {
  for (const { source, target } of content) {
    const isFolder = (await stat(source)).isDirectory();
    const place = path.join(root, target);
    await mkdir(isFolder ? place : path.dirname(place), { recursive: true });
    await cp(source, place, { recursive: true, verbatimSymlinks: true });
  }
  for (const entry of await below(root)) {
    if (entry.isSymbolicLink()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const runs = entry.isDirectory() || ((await stat(file)).mode & 0o100) !== 0;
    await chmod(file, runs ? 0o755 : 0o644);
  }
  await chmod(root, 0o755);
}

/** All entries below a folder. */
export function below(root: string) {
  return readdir(root, { recursive: true, withFileTypes: true });
}

/** A script's text; empty if there is none. */
export async function scriptText(file: string): Promise<string> {
  return file === '' ? '' : readFile(file, 'utf8');
}
