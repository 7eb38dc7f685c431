#!/usr/bin/env node
// electron-builder runs this instead of downloading fpm. It uses the system's packaging tools.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeDeb } from './deb.ts';
import { readFpmCommand } from './linux-package.ts';
import { makeRpm } from './rpm.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'signoff-package-'));
try {
  const plan = readFpmCommand(process.argv.slice(2));
  await (plan.format === 'deb' ? makeDeb : makeRpm)(plan, folder);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
