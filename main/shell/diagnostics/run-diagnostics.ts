import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import type { RunningApp } from '../cli/control-client.ts';
import { EXIT } from '../cli/protocol.ts';
import type { CommandResult } from '../cli/run-command.ts';
import { errorText } from '../log.ts';
import { type DiagnosticSources, gatherDiagnostics, type RunningState } from './diagnostics.ts';
import { writeZip } from './write-zip.ts';

/** Carries out `signoff diagnostics FILE`: says in words why a file cannot be written, before and after. */
export async function runDiagnostics(
  { file, force }: { file: string; force: boolean },
  sources: DiagnosticSources,
): Promise<CommandResult> {
  const whole = path.resolve(file);
  const problem = await problemWith(whole, force);
  if (problem !== null) return { exitCode: EXIT.misused, output: '', problems: [problem] };
  const texts = await gatherDiagnostics(sources);
  try {
    await writeZip(whole, texts, { replace: force });
  } catch (error) {
    const problems = [`${whole} could not be written (${errorText(error)}).`];
    return { exitCode: EXIT.failed, output: '', problems };
  }
  return { exitCode: EXIT.done, output: `${whole}\n`, problems: [] };
}

/** What the running app's status comes to; null where none runs. */
export async function askRunningApp(app: RunningApp | null): Promise<RunningState | null> {
  if (app === null) return null;
  const reply = await app.request({ command: 'status' });
  if (!reply.ok) throw new Error(reply.problems.join(' '));
  return runningSchema.parse(reply.result);
}

const runningSchema = z.object({
  version: z.string(),
  pid: z.number(),
  vault: z.object({ durable: z.boolean(), setAside: z.string().nullable() }),
  held: z.array(
    z.object({ server: z.string(), fqSiteName: z.string(), pool: z.string().nullable() }),
  ),
});

/** What stands against writing that file, found before any work is done; null where nothing does. */
async function problemWith(file: string, force: boolean): Promise<string | null> {
  const folder = path.dirname(file);
  const [there, above] = await Promise.all([kindOf(file), kindOf(folder)]);
  if (there === 'folder') return `${file} is a folder; name a file in it.`;
  if (there === 'file' && !force) return `${file} is there already; --force replaces it.`;
  if (above !== 'folder') return `There is no folder ${folder}.`;
  return null;
}

async function kindOf(place: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    return (await stat(place)).isDirectory() ? 'folder' : 'file';
  } catch {
    // Missing, or not ours to look into: writing says which.
    return 'nothing';
  }
}
