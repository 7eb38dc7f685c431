import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createLogging } from '../../../main/common/log.ts';
import { LOG_EVENTS, type LogLevel } from '../../../main/common/log-events.ts';

function newLogging() {
  const stderr: string[] = [];
  const file: string[] = [];
  const logging = createLogging((line) => stderr.push(line));
  return { ...logging, stderr, file, take: (line: string) => file.push(line) };
}

const eventsIn = (lines: readonly string[]) =>
  lines.map((line) => (JSON.parse(line) as { event: string }).event);

describe('the log', () => {
  test('an event is one line, with its time, level, name and details', () => {
    const { log, stderr } = newLogging();
    log('setting-ignored', { problem: 'idleMinutes:\nToo big' });
    expect(stderr).toHaveLength(1);
    expect(stderr[0]).not.toContain('\n');
    expect(JSON.parse(stderr[0] ?? '')).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      level: 'warn',
      event: 'setting-ignored',
      problem: 'idleMinutes:\nToo big',
    });
  });

  test('the file gets the same lines, those before it was open too', () => {
    const { log, toFile, stderr, file, take } = newLogging();
    log('going', { held: 1 });
    toFile(take, () => 'info');
    log('going', { held: 0 });
    expect(file).toEqual(stderr);
    expect(file).toHaveLength(2);
  });

  test('the file gets what its level lets through at the time', () => {
    const { log, toFile, file, take } = newLogging();
    let level: LogLevel = 'error';
    toFile(take, () => level);
    log('going', { held: 0 });
    log('setting-ignored', { problem: '' });
    log('vault-write-failed', { error: 'ENOSPC' });
    level = 'warn';
    log('setting-ignored', { problem: '' });
    expect(eventsIn(file)).toEqual(['vault-write-failed', 'setting-ignored']);
  });

  test('standard error gets everything', () => {
    const { log, toFile, stderr, take } = newLogging();
    toFile(take, () => 'error');
    log('going', { held: 0 });
    expect(eventsIn(stderr)).toEqual(['going']);
  });
});

test('docs/logs.md names every event, with its level and fields, and no other', () => {
  const docs = readFileSync(path.join(import.meta.dirname, '../../../docs/logs.md'), 'utf8');
  const rows = [...docs.matchAll(/^\| `([a-z-]+)` +\| (\w+) +\| ([^|]*?) *\|/gm)];
  const documented = rows.map(([, event, level, fields = '']) => ({
    event,
    level,
    fields: [...fields.matchAll(/`(\w+)`/g)].map(([, field]) => `${field}`).toSorted(),
  }));
  const logged = Object.entries(LOG_EVENTS).map(([event, { level, fields }]) => ({
    event,
    level,
    fields: [...fields].toSorted(),
  }));
  const byName = (a: { event: string | undefined }, b: { event: string | undefined }) =>
    (a.event ?? '').localeCompare(b.event ?? '');
  expect(documented.toSorted(byName)).toEqual(logged.toSorted(byName));
});
