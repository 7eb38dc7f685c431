// Static checks.
import { runTool, toolScript } from './tool.ts';

interface Check {
  name: string;
  /** The tool's package, and its command if the names differ. */
  tool: [string, string?];
  args: string[];
}

const checks: Check[] = [
  { name: 'types', tool: ['typescript', 'tsc'], args: ['-b', '--pretty'] },
  { name: 'lint', tool: ['oxlint'], args: ['--type-aware', '--deny-warnings'] },
  { name: 'format', tool: ['prettier'], args: ['--check', '.'] },
  { name: 'dead code', tool: ['knip'], args: ['--no-progress'] },
];

interface CheckResult {
  name: string;
  ok: boolean;
  output: string;
}

/** Runs every check. */
export async function runChecks(): Promise<CheckResult[]> {
  return Promise.all(
    checks.map(async ({ name, tool, args }) => ({
      name,
      ...(await runTool(toolScript(...tool), args)),
    })),
  );
}

/** Prints how the checks ended, and counts them; a tool's output is printed only if it failed. */
export function reportChecks(results: readonly CheckResult[]): { passed: number; failed: number } {
  for (const { name, ok, output } of results) {
    process.stdout.write(`check: ${name}: ${ok ? 'passed' : 'failed'}\n`);
    if (!ok) process.stdout.write(`${output.trimEnd()}\n`);
  }
  const passed = results.filter(({ ok }) => ok).length;
  return { passed, failed: results.length - passed };
}

if (import.meta.main && reportChecks(await runChecks()).failed > 0) process.exitCode = 1;
