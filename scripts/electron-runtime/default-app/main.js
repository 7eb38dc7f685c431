// Runs the app whose folder is the first argument, as Electron's own default app does.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import electron from 'electron';

// What Electron keeps for its own default app is in no type.
const app =
  /** @type {electron.App & { setAppPath(path: string): void, setVersion(version: string): void }} */ (
    electron.app
  );

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (folder === undefined) {
  process.stderr.write('Usage: electron [SWITCHES] FOLDER [ARGUMENTS]\n');
  process.exit(2);
}

const path = resolve(folder);
/** @type {{ name: string, productName?: string, version: string, main: string }} */
const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
app.setAppPath(path);
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);

// At the top level, so that what the app does first happens before Electron is ready.
await import(pathToFileURL(join(path, manifest.main)).href);
