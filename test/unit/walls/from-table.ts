import { posix } from 'node:path';
import { table } from '../../../scripts/walls/table.ts';
import type { Probe } from './probe.ts';

const places = Object.keys(table);
const named = [...new Set(Object.values(table).flatMap(({ imports }) => imports.map(bare)))];
const isOurs = (name: string): boolean =>
  places.some((place) => name === place || name.startsWith(`${place}/`));
const outsiders = [
  ...named.filter((name) => !isOurs(name) && name !== '*' && name !== 'node:'),
  'node:fs',
  'a-package-of-nobody',
];
/** Every place, and the single files that some line names. */
const targets = [...new Set([...places, ...named.filter(isOurs)])];

/** Every kind of import from each place of the table to each other one, and of each package. */
export function fromTable(): (Probe & { place: string })[] {
  return places.flatMap((place) => {
    const file = isFile(place) ? place : `${place}/probe.ts`;
    const { imports, builds = false } = table[place] ?? { imports: [] };
    const has = (entry: string): boolean => imports.includes(entry) || imports.includes('*');

    const toOurs = targets
      .filter((target) => ownerOf(target) !== place)
      .flatMap((target) => {
        const source = relative(file, isFile(target) ? target : `${target}/thing.ts`);
        const owner = ownerOf(target);
        const value = has(target) || has(owner);
        const part = value && (builds || table[owner]?.tools === true);
        return kinds(source, {
          value,
          type: value || has(`type ${target}`) || has(`type ${owner}`),
          part,
        });
      });
    const toOutsiders = outsiders.flatMap((name) => {
      const entry = name.startsWith('node:') ? 'node:' : name;
      const value = has(entry);
      return kinds(name, { value, type: value || has(`type ${entry}`), part: value });
    });
    return [...toOurs, ...toOutsiders]
      .filter(({ code }) => !(file.endsWith('.mjs') && code.includes('type ')))
      .map(({ code, forbidden }, index) => ({
        place,
        file,
        // No name twice in one module.
        code: code.replaceAll('OWN', `own${index}`),
        forbidden,
      }));
  });
}

/** The ways to import from there, with what is forbidden of a value, a type, and whatever builds a part. */
function kinds(
  source: string,
  allowed: { value: boolean; type: boolean; part: boolean },
): Pick<Probe, 'code' | 'forbidden'>[] {
  const from = `from '${source}';`;
  const ways: [keyof typeof allowed, string][] = [
    ['value', `import { thing as OWN } ${from}`],
    ['value', `import '${source}';`],
    ['value', `import { type Thing as OWN } ${from}`],
    ['value', `export { thing as OWN } ${from}`],
    ['type', `import type { Thing as OWN } ${from}`],
    ['type', `export type { Thing as OWN } ${from}`],
    ['part', `import { createThing as OWN } ${from}`],
    ['part', `import { thing as OWN_TOO, openThing as OWN } ${from}`],
    ['part', `import * as OWN ${from}`],
    ['part', `export * ${from}`],
    ['part', `void import('${source}');`],
  ];
  return ways.map(([kind, code]) => ({ code, forbidden: !allowed[kind] }));
}

/** The place of a name: itself, or the folder that a single file is in. */
function ownerOf(name: string): string {
  return table[name] ? name : posix.dirname(name);
}

function bare(entry: string): string {
  return entry.replace(/^type /, '');
}

function isFile(name: string): boolean {
  return /\.[a-z]+$/.test(name);
}

function relative(file: string, target: string): string {
  const source = posix.relative(posix.dirname(file), target);
  return source.startsWith('.') ? source : `./${source}`;
}
