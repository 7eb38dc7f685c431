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

/** Runs every check and prints its result; a tool's output is printed only if it fails. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  const results = checks.map(async ({ name, tool, args }) => ({
    name,
    ...(await runTool(toolScript(...tool), args)),
  }));
  let failed = 0;
  for (const result of results) {
    // Printed in this order; all are running.
    const { name, ok, output } = await result;
    process.stdout.write(`check: ${name}: ${ok ? 'passed' : 'failed'}\n`);
    if (ok) continue;
    failed += 1;
    process.stdout.write(`${output.trimEnd()}\n`);
  }
  return { passed: checks.length - failed, failed };
}

if (import.meta.main && (await runChecks()).failed > 0) process.exitCode = 1;
