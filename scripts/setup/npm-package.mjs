import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand, npmEnv, npmFlags } from './packages.mjs';
import { run } from './step.mjs';

/**
 * Downloads a package of the npm registry, checks it, and unpacks it, without running anything of it.
 * @param {{ name: string, version: string, integrity: string }} wanted `integrity` as npm writes it, of sha512
 * @param {string} folder where its files go; made if missing
 * @param {readonly string[]} [leftOut] what of it is not unpacked
 * @returns {Promise<{ ok: true } | { ok: false, reason: string }>}
 */
export async function unpackPackage({ name, version, integrity }, folder, leftOut = []) {
  mkdirSync(folder, { recursive: true });
  const npm = npmCommand();
  const source = `${name}@${version}`;
  const packed = await run({
    command: npm.command,
    args: [...npm.args, 'pack', source, ...npmFlags, `--pack-destination=${folder}`],
    env: npmEnv(),
  });
  if (!packed.ok) return packed;
  const archive = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (archive === undefined) return { ok: false, reason: `npm did not pack ${source}` };
  const file = join(folder, archive);
  if (`sha512-${await hash(file, 'sha512', 'base64')}` !== integrity) {
    return { ok: false, reason: `${source} is not the package that is known here` };
  }
  const untarred = await run({
    command: 'tar',
    args: [
      '-xzf',
      file,
      `--directory=${folder}`,
      '--strip-components=1',
      '--no-same-owner',
      ...leftOut.map((path) => `--exclude=package/${path}`),
    ],
  });
  if (!untarred.ok) return untarred;
  rmSync(file);
  return { ok: true };
}

/**
 * @param {string} file
 * @param {string} algorithm
 * @param {'hex' | 'base64'} encoding
 */
export async function hash(file, algorithm, encoding) {
  const sum = createHash(algorithm);
  for await (const chunk of createReadStream(file)) sum.update(/** @type {Buffer} */ (chunk));
  return sum.digest(encoding);
}
