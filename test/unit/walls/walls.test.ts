import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { toolScript } from '../../../scripts/tool.ts';
import { table } from '../../../scripts/walls/table.ts';
import { byHand } from './by-hand.ts';
import { fromTable } from './from-table.ts';
import type { Probe } from './probe.ts';

const root = path.join(import.meta.dirname, '../../..');
const WALLS = 'house(walls)';

/** What is said of circles and of the order within a function, which single imports cannot show. */
const modules: Record<string, { code: string; fault?: string }> = {
  'elsewhere/thing.ts': { code: 'export {};', fault: WALLS },
  ...circle('main/chat', 'type '),
  ...circle('main/shell/cli', ''),
  ...circle('renderer/parts', 'type '),
  ...circle('simulator', 'type '),
  ...circle('scripts', 'type '),
  ...circle('words', 'type '),
  'main/app/too-early.ts': {
    code: 'export function f() {\n  const g = () => h();\n  const h = () => 1;\n  return g;\n}',
    fault: 'eslint(no-use-before-define)',
  },
  'main/app/hoisted.ts': {
    code: 'export const f = () => g();\nfunction g() {\n  return 1;\n}',
  },
  'main/app/too-long.ts': { code: longFunction(121), fault: 'eslint(max-lines-per-function)' },
  'main/app/long.ts': { code: longFunction(120) },
};

const derived = fromTable();
const byFile = Map.groupBy<string, Probe>([...byHand, ...derived], ({ file }) => file);
/** By module and line, the rules that were broken there. */
let found: Map<string, Set<string>>;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'signoff-test-'));
  for (const [file, lines] of byFile) write(file, lines.map(({ code }) => code).join('\n'));
  for (const [file, { code }] of Object.entries(modules)) write(file, code);
  found = lint();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(byHand)('$file: $code', (probe) => {
  expect(isReported(probe)).toBe(probe.forbidden);
});

describe.each([...Map.groupBy(derived, ({ place }) => place)])(
  'the line of %s',
  (_place, lines) => {
    test('lets through what it allows, and nothing else', () => {
      expect(lines.filter((probe) => isReported(probe) !== probe.forbidden)).toEqual([]);
    });
  },
);

test('every line but that of the tests forbids something', () => {
  const forbidding = derived.filter(({ forbidden }) => forbidden).map(({ place }) => place);
  const places = new Set(derived.map(({ place }) => place));
  expect([...places].filter((place) => !forbidding.includes(place))).toEqual(['test']);
});

test('no line is about a place that is gone', () => {
  const gone = Object.keys(table).filter((place) => !existsSync(path.join(root, place)));
  expect(gone).toEqual([]);
});

test.each(Object.entries(modules))('%s', (file, { fault }) => {
  const rules = [...found]
    .filter(([at]) => at.startsWith(`${file}:`))
    .flatMap(([, all]) => [...all]);
  expect(rules).toEqual(fault === undefined ? [] : [fault]);
});

function isReported(probe: Probe): boolean {
  const line = (byFile.get(probe.file)?.indexOf(probe) ?? -1) + 1;
  return found.get(`${probe.file}:${line}`)?.has(WALLS) ?? false;
}

/** Runs the linter as the project sets it up, less the rules that are about other things. */
function lint(): Map<string, Set<string>> {
  const setup = configSchema.parse(
    JSON.parse(readFileSync(path.join(root, '.oxlintrc.json'), 'utf8')),
  );
  const { 'house/walls': walls, 'import/no-cycle': noCycle } = setup.rules;
  const overrides = setup.overrides.filter(({ files }) => files.includes('main/app/**'));
  write(
    '.oxlintrc.json',
    JSON.stringify({
      plugins: setup.plugins,
      jsPlugins: setup.jsPlugins,
      categories: { correctness: 'off' },
      rules: { 'house/walls': walls, 'import/no-cycle': noCycle },
      overrides,
    }),
  );
  cpSync(path.join(root, 'scripts/walls'), path.join(folder, 'scripts/walls'), { recursive: true });
  const { stdout } = spawnSync(process.execPath, [toolScript('oxlint'), '--format', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const faults = new Map<string, Set<string>>();
  for (const { filename, code, message, labels } of reportSchema.parse(JSON.parse(stdout))
    .diagnostics) {
    if (code === undefined) throw new Error(`${filename} cannot be read: ${message}`);
    const at = `${filename}:${labels[0]?.span.line}`;
    faults.set(at, (faults.get(at) ?? new Set()).add(code));
  }
  return faults;
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

/** Two modules of one place that import each other. */
function circle(place: string, type: '' | 'type '): typeof modules {
  const fault = 'import(no-cycle)';
  const code = (other: string, own: string): string =>
    `import ${type}{ ${other} } from './circle-${other}.ts';\nexport class ${own} extends Array<${other}> {}`;
  return {
    [`${place}/circle-A.ts`]: { code: code('B', 'A'), fault },
    [`${place}/circle-B.ts`]: { code: code('A', 'B'), fault },
  };
}

function longFunction(lines: number): string {
  const body = Array.from({ length: lines - 2 }, () => '  f();\n\n  // Not counted.');
  return `export function f() {\n${body.join('\n')}\n}`;
}

const configSchema = z.object({
  plugins: z.array(z.string()),
  jsPlugins: z.array(z.string()),
  rules: z.record(z.string(), z.unknown()),
  overrides: z.array(z.object({ files: z.array(z.string()), rules: z.unknown() })),
});
const reportSchema = z.object({
  diagnostics: z.array(
    z.object({
      filename: z.string(),
      // Of what cannot be read at all there is only the message.
      message: z.string(),
      code: z.string().optional(),
      labels: z.array(z.object({ span: z.object({ line: z.number() }) })),
    }),
  ),
});
