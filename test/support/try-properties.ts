import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runTool, toolScript } from '../../scripts/tool.ts';

const ROOT = path.join(import.meta.dirname, '../..');

export interface PropertiesReport {
  readonly seed: number;
  readonly ok: boolean;
  /** What vitest printed; empty where all is well. */
  readonly output: string;
}

/** Runs the tests that have properties, on this seed. */
export async function tryProperties(seed: number): Promise<PropertiesReport> {
  const folders = ['test/unit', 'test/integration'];
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.test\.tsx?$/.test(name))
      .map((name) => path.join(folder, name))
      .filter((file) =>
        readFileSync(path.join(ROOT, file), 'utf8').includes('support/property.ts'),
      ),
  );
  const args = [
    'run',
    '--reporter=dot',
    '--project',
    'unit*',
    '--project',
    'integration',
    ...files,
  ];
  const env = { ...process.env, SIGNOFF_PROPERTY_SEED: String(seed) };
  const { ok, output } = await runTool(toolScript('vitest'), args, env);
  return { seed, ok, output: ok ? '' : output };
}

/** The report in words. */
export function propertiesInWords({ seed, ok, output }: PropertiesReport): string {
  const again = `Again: SIGNOFF_PROPERTY_SEED=${seed} npm test -- --project unit* --project integration`;
  return ok
    ? `Every property holds on seed ${seed}.\n`
    : `FAILED on seed ${seed}: a property.\n  ${again}\n${output}\n`;
}
