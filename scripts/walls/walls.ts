import { posix } from 'node:path';
import { type Line, table } from './table.ts';

/** One import or re-export of a module. */
export interface Import {
  /** The module specifier. */
  readonly source: string;
  readonly typesOnly: boolean;
  /** The names of the imported values, or `all`. */
  readonly names: readonly string[] | 'all';
}

const places = Object.keys(table).toSorted((a, b) => b.length - a.length);

/** The place of a module; undefined if the table has none. */
export function placeOf(path: string): string | undefined {
  return places.find((place) => isIn(place, path));
}

/** The fault of an import in that module, as a sentence, or null. Paths are relative to the project, with `/`. */
export function faultOf(path: string, { source, typesOnly, names }: Import): string | null {
  const place = placeOf(path);
  const line = place === undefined ? undefined : table[place];
  if (!line) return null;
  const ours = source.startsWith('.');
  const target = ours ? posix.join(posix.dirname(path), source) : source;
  const targetPlace = ours ? placeOf(target) : undefined;
  if (targetPlace === place) return null;

  if (!allows(line, target, typesOnly))
    return allows(line, target, true)
      ? `${place} may import only types from ${target}.`
      : `${place} may not import ${target}.`;
  if (typesOnly || line.builds || targetPlace === undefined || table[targetPlace]?.tools)
    return null;
  if (names === 'all') return `${place} builds no parts: import from ${target} by name.`;
  const builder = names.find((name) => /^(create|open)[A-Z]/.test(name));
  return builder === undefined
    ? null
    : `${place} builds no parts: have what ${builder} returns handed in.`;
}

function allows(line: Line, target: string, typesOnly: boolean): boolean {
  return line.imports.some((entry) => {
    const name = entry.replace(/^type /, '');
    return (typesOnly || name === entry) && covers(name, target);
  });
}

/** A folder does not cover what has a line of its own. */
function covers(name: string, target: string): boolean {
  if (name === '*') return true;
  if (name === 'node:') return target.startsWith(name);
  return isIn(name, target) && (placeOf(target)?.length ?? 0) <= name.length;
}

function isIn(place: string, path: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}
