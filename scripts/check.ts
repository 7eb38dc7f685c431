// What can be said about the code without running it.
import { runTool, toolScript } from './tool.ts';

interface Check {
  name: string;
  /** The package that brings the tool, and its command where the two differ. */
  tool: [string, string?];
  args: string[];
}

const checks: Check[] = [
  { name: 'types', tool: ['typescript', 'tsc'], args: ['-b', '--pretty'] },
  { name: 'lint', tool: ['oxlint'], args: ['--type-aware', '--deny-warnings'] },
  { name: 'format', tool: ['prettier'], args: ['--check', '.'] },
  { name: 'dead code', tool: ['knip'], args: ['--no-progress'] },
];

/**
 * Runs every check and tells how each went; a tool's own output appears only when it found something.
 */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  const results = checks.map(async ({ name, tool, args }) => ({
    name,
    ...(await runTool(toolScript(...tool), args)),
  }));
  let failed = 0;
  for (const result of results) {
    // Told in this order, though all are running.
    const { name, ok, output } = await result;
    process.stdout.write(`check: ${name}: ${ok ? 'passed' : 'failed'}\n`);
    if (ok) continue;
    failed += 1;
    process.stdout.write(`${output.trimEnd()}\n`);
  }
  return { passed: checks.length - failed, failed };
}

if (import.meta.main && (await runChecks()).failed > 0) process.exitCode = 1;
