import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Place } from './judge.ts';
import type { Ledger } from './ledger.ts';
import type { Stage } from './stage.ts';

/** Everything that the app has printed, logged and written. */
export async function readPlaces({ dataDir, printed }: Stage, { lives }: Ledger): Promise<Place[]> {
  const files = await readdir(dataDir, { recursive: true, withFileTypes: true });
  return [
    { name: 'the command line', text: printed.join('\n') },
    ...lives.map(({ round, log }) => ({ name: `the log of round ${round}`, text: log })),
    ...(await Promise.all(
      files
        .filter((file) => file.isFile())
        .map(async ({ parentPath, name }) => ({
          name: `the file ${name}`,
          text: await readFile(path.join(parentPath, name), 'latin1'),
        })),
    )),
  ];
}
