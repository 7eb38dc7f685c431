import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type CommandResult, failed, type OnceReady, succeeded } from '../cli/command-result.ts';
import type { RunningApp } from '../cli/control-client.ts';
import { EXIT } from '../cli/protocol.ts';
import { systemClock, within } from '../../common/clock.ts';
import { errorText } from '../../common/log.ts';
import { isOpenElsewhere } from '../../common/retry-while-busy.ts';
import { type DiagnosticSources, diagnosticFiles } from './diagnostics.ts';
import { type SystemReport, systemReportSchema } from './system-report.ts';
import { writeZip } from './write-zip.ts';

/** Longer than the app's checks can take. */
const ANSWER_TIMEOUT_MS = 30_000;

/**
 * Carries out `signoff diagnostics FILE`. The running app makes the system report. If none runs or answers,
 * this process makes it once Electron is ready, and says so.
 */
export async function runDiagnostics(
  { file, force }: { file: string; force: boolean },
  app: RunningApp | null,
  sources: DiagnosticSources & { systemReport: () => Promise<SystemReport> },
): Promise<CommandResult | OnceReady> {
  const target = path.resolve(file);
  const problem = await problemWith(target, force);
  if (problem !== null) return failed([problem], EXIT.misused);
  const write = async (
    report: SystemReport,
    answeredBy: string,
    problems: readonly string[],
  ): Promise<CommandResult> => {
    const texts = await diagnosticFiles(report, answeredBy, sources);
    try {
      await writeZip(target, texts, { replace: force });
    } catch (error) {
      return failed([...problems, notWritten(target, error, force)]);
    }
    return succeeded(`${target}\n`, problems);
  };
  const answer = await answerOf(app);
  if (typeof answer !== 'string') return write(answer, 'The running Signoff.', []);
  const answeredBy = `${answer} So a process of its own answered: it tells of what a Signoff that starts now would use.`;
  return {
    onceReady: async () => write(await sources.systemReport(), answeredBy, [answeredBy]),
  };
}

/** For people. Only a file that is there already can be open in another program. */
function notWritten(target: string, error: unknown, force: boolean): string {
  return force && isOpenElsewhere(error)
    ? `${target} could not be replaced: another program has it open, or it may not be written to.`
    : `${target} could not be written (${errorText(error)}).`;
}

/** The running app's report, or why there is none, for people. */
async function answerOf(app: RunningApp | null): Promise<SystemReport | string> {
  if (app === null) return 'Signoff is not running.';
  try {
    const answer = app.request({ command: 'diagnostics' });
    const reply = await within(systemClock, ANSWER_TIMEOUT_MS, answer);
    if (reply === null) return 'Signoff is running, but did not answer (no answer in time).';
    if (reply.ok) return systemReportSchema.parse(reply.result);
    return `Signoff is running, but did not answer: ${reply.problems.join(' ')}`;
  } catch (error) {
    return `Signoff is running, but did not answer (${errorText(error)}).`;
  }
}

/** Why that file cannot be written, checked before any work is done; null if it can. */
async function problemWith(file: string, force: boolean): Promise<string | null> {
  const folder = path.dirname(file);
  const [target, parent] = await Promise.all([kindOf(file), kindOf(folder)]);
  if (target === 'folder') return `${file} is a folder; name a file in it.`;
  if (target === 'file' && !force) return `${file} is there already; --force replaces it.`;
  if (parent !== 'folder') return `There is no folder ${folder}.`;
  return null;
}

async function kindOf(place: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    return (await stat(place)).isDirectory() ? 'folder' : 'file';
  } catch {
    // Missing or not accessible: writing reports which.
    return 'nothing';
  }
}
