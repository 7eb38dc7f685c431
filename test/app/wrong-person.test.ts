import { chownSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runSignoff } from '../../scripts/signoff.ts';
import { giveToOrdinaryUser, isRoot } from '../support/ordinary-user.ts';
import { takes } from '../support/takes.ts';
import { electronArgs } from './desktop.ts';
import { newDataDir } from './signoff.ts';

describe.skipIf(!isRoot)('on an agent’s data folder, root', takes('root'), () => {
  /** An agent's folder, whose links lead root astray. */
  async function agentsFolder() {
    const dataDir = await newDataDir();
    const target = path.join(await newDataDir(), 'target');
    mkdirSync(target);
    writeFileSync(path.join(target, 'settings.json'), '{"startAtLogin":false}');
    for (const name of ['receipts', 'logs', 'settings.json', 'Local State']) {
      symlinkSync(target, path.join(dataDir, name));
    }
    giveToOrdinaryUser(dataDir);
    const seen = () =>
      [dataDir, target].map((folder) => [statSync(folder).mtimeMs, readdirSync(folder).toSorted()]);
    return { dataDir, seen };
  }

  test.each([
    ['--hidden'],
    ['status', '--json'],
    ['hold'],
    ['sign-in', '--site', 'https://service.example.com'],
    ['available'],
    ['sign-off', '--json'],
    ['results'],
    ['policy'],
    ['policy', '--check', '/dev/null'],
    ['diagnostics', '/dev/null', '--force'],
    ['login-item', 'on'],
    ['quit'],
  ])('is refused before anything is read or written, as it runs %s', async (...args) => {
    const { dataDir, seen } = await agentsFolder();
    const before = seen();
    const { code, stdout, stderr } = await runSignoff(args, { dataDir, electronArgs });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(`${dataDir} belongs to another person`);
    expect(stderr).toContain('runuser -u NAME -- signoff');
    expect(seen()).toEqual(before);
  });

  test('is refused where a home that sudo has kept is the agent’s', async () => {
    const home = await newDataDir();
    chownSync(home, 65_534, 65_534);
    const { code } = await runSignoff(['login-item', 'on'], {
      dataDir: await newDataDir(),
      electronArgs,
      env: { HOME: home },
    });
    expect({ code, home: readdirSync(home) }).toEqual({ code: 3, home: [] });
  });
});
