import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { unpackedIn } from '../../scripts/package/pack.ts';
import { runTool } from '../../scripts/tool.ts';

export interface Packed {
  readonly executable: string;
  readonly resources: string;
  /** The deb; null where none could be made. */
  readonly deb: string | null;
  /** The rpm, likewise. */
  readonly rpm: string | null;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** A set-up that fails would end the whole run, so a failure is for these tests to tell. */
    packed: Packed | { readonly problem: string };
  }
}

/** Packs the app once. */
export default async function setup(project: TestProject): Promise<void> {
  const output = path.join(import.meta.dirname, '../../.cache/packaged');
  const made = await runTool(path.join(import.meta.dirname, 'pack.ts'), [output]);
  project.provide(
    'packed',
    made.ok ? packedIn(output) : { problem: `The app could not be packed:\n${made.output}` },
  );
}

function packedIn(output: string): Packed {
  const { executable, resources } = unpackedIn(output);
  const find = (ending: string): string | null => {
    const name = readdirSync(output).find((file) => file.endsWith(ending));
    return name === undefined ? null : path.join(output, name);
  };
  return { executable, resources, deb: find('.deb'), rpm: find('.rpm') };
}
