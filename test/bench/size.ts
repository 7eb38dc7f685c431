import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Row } from './figure.ts';

const root = path.join(import.meta.dirname, '../..');

/** The app's own code as it is packed (see `files` in electron-builder.yml), and the window's part, gzipped. */
export async function size(): Promise<Row[]> {
  const app = await contents(path.join(root, 'out'));
  const page = await contents(path.join(root, 'out', 'renderer'));
  const manifest = await readFile(path.join(root, 'package.json'));
  const row = { baseline: null, baselineMeasured: [] } as const;
  return [
    {
      ...row,
      figure: "size of the app's own code in the package",
      unit: 'MB',
      measured: [sum([...app, manifest].map((file) => file.length)) / 1024 / 1024],
      aim: { kind: 'value', most: 3 },
    },
    {
      ...row,
      figure: "the window's part of it, gzipped",
      unit: 'kB',
      measured: [sum(page.map((file) => gzipSync(file).length)) / 1024],
      aim: { kind: 'value', most: 150 },
    },
  ];
}

async function contents(folder: string): Promise<Buffer[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile());
  return Promise.all(files.map(({ parentPath, name }) => readFile(path.join(parentPath, name))));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
