import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { CommandResult, OnceReady } from '../cli/command-result.ts';
import type { RunningApp } from '../cli/control-client.ts';
import { EXIT } from '../cli/protocol.ts';
import { errorText } from '../../common/log.ts';
import { type DiagnosticSources, diagnosticFiles } from './diagnostics.ts';
import { type SystemReport, systemReportSchema } from './system-report.ts';
import { writeZip } from './write-zip.ts';

/** What the app's checks may take, and some more. */
const ANSWER_TIMEOUT_MS = 30_000;

/**
 * Carries out `signoff diagnostics FILE`. The running app finds out what is in them; where none runs, or
 * the one that does gives no answer, this process does by `systemReport`, which takes a started Electron, and says so. Says in
 * words why a file cannot be written, before and after.
 */
export async function runDiagnostics(
  { file, force }: { file: string; force: boolean },
  app: RunningApp | null,
  sources: DiagnosticSources & { systemReport: () => Promise<SystemReport> },
): Promise<CommandResult | OnceReady> {
  const whole = path.resolve(file);
  const problem = await problemWith(whole, force);
  if (problem !== null) return { exitCode: EXIT.misused, output: '', problems: [problem] };
  const write = async (
    findings: SystemReport,
    answeredBy: string,
    problems: readonly string[],
  ): Promise<CommandResult> => {
    const texts = await diagnosticFiles(findings, answeredBy, sources);
    try {
      await writeZip(whole, texts, { replace: force });
    } catch (error) {
      const fault = `${whole} could not be written (${errorText(error)}).`;
      return { exitCode: EXIT.failed, output: '', problems: [...problems, fault] };
    }
    return { exitCode: EXIT.done, output: `${whole}\n`, problems };
  };
  const answer = await answerOf(app);
  if (typeof answer !== 'string') return write(answer, 'The running Signoff.', []);
  const answeredBy = `${answer} So a process of its own answered: it tells of what a Signoff that starts now would use.`;
  return {
    onceReady: async () => write(await sources.systemReport(), answeredBy, [answeredBy]),
  };
}

/** What the running app found out, or in words why it did not. */
async function answerOf(app: RunningApp | null): Promise<SystemReport | string> {
  if (app === null) return 'Signoff is not running.';
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('no answer in time')), ANSWER_TIMEOUT_MS);
  try {
    const reply = await Promise.race([app.request({ command: 'diagnostics' }), late.promise]);
    if (reply.ok) return systemReportSchema.parse(reply.result);
    return `Signoff is running, but did not answer: ${reply.problems.join(' ')}`;
  } catch (error) {
    return `Signoff is running, but did not answer (${errorText(error)}).`;
  } finally {
    clearTimeout(timer);
  }
}

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
