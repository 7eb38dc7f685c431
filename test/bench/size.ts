import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Row } from './figure.ts';

const root = path.join(import.meta.dirname, '../..');

/** The app's own code as it is packed (see `files` in electron-builder.yml). */
export async function size(): Promise<Row[]> {
  const bundles = await readdir(path.join(root, 'out'), { recursive: true, withFileTypes: true });
  const files = bundles
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const stats = await Promise.all(
    [...files, path.join(root, 'package.json')].map((file) => stat(file)),
  );
  const bytes = stats.reduce((total, file) => total + file.size, 0);
  return [
    {
      figure: "size of the app's own code in the package",
      baseline: null,
      unit: 'MB',
      measured: [bytes / 1024 / 1024],
      baselineMeasured: [],
      aim: { kind: 'value', most: 3 },
    },
  ];
}
