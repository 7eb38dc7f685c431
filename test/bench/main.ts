// Measures what the app promises, each figure beside its baseline from the same run.
// `npm run bench [-- --only NAME] [--rounds N] [--idle-seconds N] [--json]`
import { parseArgs } from 'node:util';
import { build, isBuilt } from '../../scripts/build.ts';
import { openPrivateDesktop } from '../../scripts/private-desktop.ts';
import type { Figure } from './figure.ts';
import { firstPaint } from './first-paint.ts';
import { idle } from './idle.ts';
import { memory } from './memory.ts';
import { quitMany } from './quit-many.ts';
import { receipts } from './receipts.ts';
import { type Result, resultOf, table } from './report.ts';
import { sessionEnd } from './session-end.ts';
import { signalToRequest, signalToRequestOverTls } from './signal-to-request.ts';
import { size } from './size.ts';
import { start } from './start.ts';

const figures: Readonly<Record<string, Figure>> = {
  signal: signalToRequest,
  'signal-tls': signalToRequestOverTls,
  'session-end': sessionEnd,
  'quit-many': quitMany,
  start,
  memory,
  'first-paint': firstPaint,
  receipts,
  idle,
  size,
};

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: Object.keys(figures) },
    rounds: { type: 'string', default: '10' },
    'idle-seconds': { type: 'string', default: '60' },
    json: { type: 'boolean', default: false },
  },
});
const unknown = values.only.filter((name) => !(name in figures));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no figure ${unknown.join(', ')}; there are ${Object.keys(figures).join(', ')}.\n`,
  );
  process.exit(2);
}
if (!isBuilt() && !(await build())) process.exit(1);
const desktop = process.platform === 'linux' ? await openPrivateDesktop() : null;
try {
  const results: Result[] = [];
  for (const name of values.only) {
    process.stderr.write(`Measuring: ${name}…\n`);
    const rows = await figures[name]?.({
      rounds: Number(values.rounds),
      idleSeconds: Number(values['idle-seconds']),
      desktop: desktop ?? {},
    });
    results.push(...(rows ?? []).map(resultOf));
  }
  process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : table(results));
} finally {
  await desktop?.close();
}
