import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { table } from '../../../scripts/walls/table.ts';

const projectSchema = z.object({
  compilerOptions: z.object({ paths: z.record(z.string(), z.array(z.string())).optional() }),
  include: z.array(z.string()),
  exclude: z.array(z.string()).optional(),
});
const root = path.join(import.meta.dirname, '../../..');
const STAND_IN = 'no-electron.d.ts';
const electronFree = read('main/tsconfig.electron-free.json');

/** Whether modules of a place can reach Electron, by themselves or by what they import, if only for its types. */
function seesElectron(place: string, seen = new Set<string>()): boolean {
  if (seen.has(place)) return false;
  seen.add(place);
  return (table[place]?.imports ?? [])
    .map((entry) => entry.replace(/^type /, ''))
    .some(
      (name) =>
        ['electron', 'electron-store', 'electron-updater'].includes(name) ||
        (table[name] !== undefined && seesElectron(name, seen)),
    );
}

test('what the house plan says to be without Electron cannot reach it', () => {
  const plan = ['chat', 'common', 'sessions', 'signoff', 'results', 'signin', 'presence'];
  plan.push('browser', 'settings', 'fleet', 'lifecycle', 'app/work.ts');
  const places = [...plan.map((name) => `main/${name}`), 'simulator'];
  expect(places.filter((place) => !table[place] || seesElectron(place))).toEqual([]);
});

test('just the rooms that cannot reach Electron are compiled without it', () => {
  const rooms = Object.keys(table)
    .filter((place) => place.startsWith('main/') && !seesElectron(place))
    .map((place) => place.slice('main/'.length));
  expect(electronFree.include.filter((name) => name !== STAND_IN)).toEqual(rooms.toSorted());
  expect(read('main/tsconfig.json').exclude).toEqual(electronFree.include);
  for (const name of electronFree.exclude ?? []) expect(seesElectron(`main/${name}`)).toBe(true);
});

test('where there is no Electron, the compiler finds an empty module in its place', () => {
  const places = ['main/tsconfig.electron-free.json', 'simulator/tsconfig.json'];
  for (const place of places) {
    const standIn = read(place).compilerOptions.paths?.electron?.[0] ?? '';
    expect(path.join(path.dirname(place), standIn)).toBe(`main/${STAND_IN}`);
  }
});

function read(file: string): z.infer<typeof projectSchema> {
  return projectSchema.parse(JSON.parse(readFileSync(path.join(root, file), 'utf8')));
}
