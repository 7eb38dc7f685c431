import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeAsOrdinaryUser } from '../../support/ordinary-user.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const LOCK = JSON.stringify({
  packages: {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0' },
  },
});
const INSTALLED = JSON.stringify({
  packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } },
});
/** Instead of npm: it notes what it was run for, and installs. */
const NPM = `
  const fs = require('node:fs');
  fs.appendFileSync('npm-ran', process.argv[2] + ' ');
  const prefix = process.argv.find((arg) => arg.startsWith('--prefix='))?.slice(9);
  if (prefix !== undefined) {
    for (const name of ['node', 'npm'])
      fs.mkdirSync(prefix + '/node_modules/' + name + '/bin', { recursive: true });
    fs.symlinkSync(process.execPath, prefix + '/node_modules/node/bin/node');
    fs.copyFileSync(__filename, prefix + '/node_modules/npm/bin/npm-cli.js');
    fs.writeFileSync(prefix + '/node_modules/.package-lock.json', '{}');
    process.exit();
  }
  for (const name of ['a', 'b']) {
    fs.mkdirSync('node_modules/' + name, { recursive: true });
    fs.writeFileSync('node_modules/' + name + '/package.json', '{}');
  }
  fs.writeFileSync('node_modules/.package-lock.json', ${JSON.stringify(INSTALLED)});
`;

/** A project with these two packages, set up by the project's own scripts. */
function project() {
  const folder = tempFolder();
  const at = (...parts: string[]): string => path.join(folder, ...parts);
  cpSync('scripts/setup', at('scripts/setup'), { recursive: true });
  writeFileSync(at('package-lock.json'), LOCK);
  writeFileSync(at('npm-cli.js'), NPM);
  /** Sets it up on this Node; what npm was run for. */
  function install(node = process.versions.node): string[] {
    rmSync(at('npm-ran'), { force: true });
    const script = `Object.defineProperty(process.versions, 'node', { value: '${node}' });
      import(${JSON.stringify(at('scripts/setup/packages.mjs'))}).then((it) => it.installPackages())`;
    const env = { ...process.env, npm_execpath: at('npm-cli.js') };
    execFileSync(process.execPath, ['-e', script], { env, stdio: 'ignore' });
    return existsSync(at('npm-ran')) ? readFileSync(at('npm-ran'), 'utf8').trim().split(' ') : [];
  }
  return { at, install };
}

test('the packages are installed once', () => {
  const { install } = project();
  expect([install(), install()]).toEqual([['ci'], []]);
});

test.each([
  { what: 'without npm’s record', lost: '.package-lock.json' },
  { what: 'with a package’s folder gone', lost: 'b' },
  { what: 'with a package’s folder empty', lost: 'b/package.json' },
])('an installation that was left $what is done anew', ({ lost }) => {
  const { at, install } = project();
  install();
  rmSync(at('node_modules', lost), { recursive: true });
  expect([install(), install()]).toEqual([['ci'], []]);
});

test.skipIf(process.platform === 'win32')(
  'a Node for which npm would leave packages out gets a newer npm first, once',
  () => {
    const { at, install } = project();
    expect(install('20.0.0')).toEqual(['install', 'ci']);
    rmSync(at('node_modules'), { recursive: true });
    expect(install('22.11.0')).toEqual(['ci']);
  },
);

test('other packages than those of package-lock.json are replaced', () => {
  const { at, install } = project();
  install();
  writeFileSync(at('package-lock.json'), LOCK.replace('2.0.0', '3.0.0'));
  expect(install()).toEqual(['ci']);
});

test.skipIf(process.platform === 'win32')(
  'without a home, npm keeps its cache in the project',
  () => {
    const { at } = project();
    const home = at('home');
    mkdirSync(home);
    chmodSync(home, 0o500);
    const cacheWith = (npmConfig: string): string =>
      nodeAsOrdinaryUser(
        `process.env.HOME = process.argv[2];
       process.env.npm_config_cache = process.argv[3];
       import(process.argv[1]).then(({ npmEnv }) => console.log(npmEnv().npm_config_cache))`,
        at('scripts/setup/packages.mjs'),
        home,
        npmConfig,
      );
    expect(cacheWith(path.join(home, '.npm'))).toBe(at('.cache/npm'));
    expect(cacheWith(at('elsewhere'))).toBe(at('elsewhere'));
  },
);
