#!/usr/bin/env node
// electron-builder runs this instead of downloading fpm. It uses the system's packaging tools.
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeDeb } from './deb.ts';
import { readFpmCommand } from './linux-package.ts';
import { makeRpm } from './rpm.ts';

try {
  const plan = readFpmCommand(process.argv.slice(2));
  // Beside the file: all of the app may not fit into a system's folder for temporary files.
  const folder = await mkdtemp(path.join(path.dirname(plan.file), 'signoff-package-'));
  try {
    await (plan.format === 'deb' ? makeDeb : makeRpm)(plan, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
