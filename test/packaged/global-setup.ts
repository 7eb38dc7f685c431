import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { unpackedIn } from '../../scripts/package/pack.ts';
import { runTool } from '../../scripts/tool.ts';

declare module 'vitest' {
  interface ProvidedContext {
    packed: {
      readonly executable: string;
      readonly resources: string;
      /** The deb; null where none could be made. */
      readonly deb: string | null;
      /** The rpm, likewise. */
      readonly rpm: string | null;
    };
  }
}

/** Packs the app once. */
export default async function setup(project: TestProject): Promise<void> {
  const output = path.join(import.meta.dirname, '../../.cache/packaged');
  const packed = await runTool(path.join(import.meta.dirname, 'pack.ts'), [output]);
  if (!packed.ok) throw new Error(`The app could not be packed:\n${packed.output}`);
  const { executable, resources } = unpackedIn(output);
  const find = (ending: string): string | null => {
    const name = readdirSync(output).find((file) => file.endsWith(ending));
    return name === undefined ? null : path.join(output, name);
  };
  project.provide('packed', {
    executable,
    resources,
    deb: find('.deb'),
    rpm: find('.rpm'),
  });
}
