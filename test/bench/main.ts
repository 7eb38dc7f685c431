// Measures what the app promises, each figure beside its baseline from the same run.
// `npm run bench [-- --rounds N] [--json]`
import { parseArgs } from 'node:util';
import { signalToRequest } from './signal-to-request.ts';
import { build, isBuilt } from '../../scripts/build.ts';
import { openPrivateDesktop } from '../../scripts/private-desktop.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '20' }, json: { type: 'boolean', default: false } },
});
if (!isBuilt() && !(await build())) process.exit(1);
const desktop = process.platform === 'linux' ? await openPrivateDesktop() : null;
try {
  const { signoff, curl } = await signalToRequest(Number(values.rounds), desktop ?? {});
  const figure = {
    name: 'SIGTERM to the server having the whole forced logoff, beside curl',
    unit: 'ms',
    rounds: signoff.length,
    median: median(signoff),
    slowest: Math.max(...signoff),
    baselineMedian: median(curl),
    baselineSlowest: Math.max(...curl),
    ratio: median(signoff) / median(curl),
  };
  process.stdout.write(
    values.json
      ? `${JSON.stringify([figure])}\n`
      : `${figure.name}, ${figure.rounds} rounds\n` +
          `  signoff  median ${figure.median.toFixed(1)} ms, slowest ${figure.slowest.toFixed(1)} ms\n` +
          `  curl     median ${figure.baselineMedian.toFixed(1)} ms, slowest ${figure.baselineSlowest.toFixed(1)} ms\n` +
          `  ratio    ${figure.ratio.toFixed(2)}\n`,
  );
} finally {
  await desktop?.close();
}

function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}
