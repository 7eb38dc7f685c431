import * as z from 'zod';
import type { SettingsReport } from '../../settings/report.ts';
import type { Receipt } from '../../results/receipt.ts';

const heldRow = z.object({
  id: z.string(),
  kind: z.string(),
  label: z.string(),
  server: z.string(),
  fqSiteName: z.string(),
  maskedSessionId: z.string(),
  heldSince: z.string(),
  presence: z
    .object({ state: z.string(), dropsAt: z.string().nullable() })
    .nullable()
    .default(null),
  activity: z.object({ value: z.string(), reason: z.number().nullable() }).nullable().default(null),
});

/** The part of a status that the table shows. */
export const statusSchema = z.object({
  version: z.string(),
  pid: z.number(),
  held: z.array(heldRow),
  /** Null where this machine cannot decrypt it. */
  elsewhere: z
    .array(
      z.object({
        host: z.string(),
        since: z.string().nullable(),
        held: z.array(heldRow).nullable(),
      }),
    )
    .default([]),
  vault: z.object({
    durable: z.boolean(),
    keyPending: z.boolean().default(false),
    folderUnusable: z.boolean().default(false),
    setAside: z.string().nullable(),
  }),
});

type HeldRow = z.infer<typeof heldRow>;

/** The held sessions as a table for people. */
export function heldTable(status: z.infer<typeof statusSchema>): string {
  const { version, pid, held, elsewhere, vault } = status;
  const lines = [`Signoff ${version} is running (process ${pid}).`];
  if (vault.keyPending) {
    lines.push(
      'Windows has yet to save the key of the saved sessions: a crash in the next seconds would lose them.',
    );
  } else if (vault.folderUnusable) {
    lines.push(
      'Its folder cannot be written to, and the log says why: sessions are held in memory only.',
    );
  } else if (!vault.durable) {
    lines.push('This computer offers no encryption: sessions are held in memory only.');
  }
  if (vault.setAside !== null) {
    lines.push(
      `The saved sessions could not be read; the file was set aside as ${vault.setAside}.`,
    );
  }
  if (held.length === 0) lines.push('Nothing is held.');
  const others = elsewhere.map((machine) => `${elsewhereLine(machine)}\n${heldRows(machine.held)}`);
  return `${lines.join('\n')}\n${heldRows(held)}${others.join('')}`;
}

function heldRows(held: readonly HeldRow[] | null): string {
  const rows = (held ?? []).map((s) => [
    s.id,
    s.kind,
    s.label,
    s.server,
    s.fqSiteName,
    s.maskedSessionId,
    s.heldSince,
    presenceText(s.presence),
    activityText(s.activity),
  ]);
  const head = ['id', 'kind', 'label', 'server', 'site', 'session', 'held since'];
  return table([...head, 'presence', 'status'], rows);
}

type Elsewhere = z.infer<typeof statusSchema>['elsewhere'][number];

/** What another machine holds, and how to end it. */
function elsewhereLine({ host, since, held }: Elsewhere): string {
  const by = `Held by ${oneLine(host)}${since === null ? '' : ` since ${since}`}`;
  return held === null
    ? `${by}; only that computer can read what it is.`
    : `${by}; 'signoff sign-off ID' ends it, if nobody is at work there.`;
}

function presenceText(presence: HeldRow['presence']): string {
  if (presence === null) return '';
  const { state, dropsAt } = presence;
  return dropsAt === null || state === 'dropped' ? state : `${state} (dropped at ${dropsAt})`;
}

function activityText(activity: HeldRow['activity']): string {
  if (activity === null) return '';
  return activity.reason === null ? activity.value : `${activity.value} (${activity.reason})`;
}

/** Receipts as a table for people. */
export function receiptTable(receipts: readonly Receipt[]): string {
  if (receipts.length === 0) return 'Nothing to show.\n';
  const rows = receipts.map((receipt) => [
    receipt.finishedAt,
    receipt.kind,
    receipt.label,
    receipt.cause,
    receipt.forced ? 'forced' : '',
    receipt.outcome,
    milliseconds(receipt.server.processingMs),
    milliseconds(receipt.roundTripMs),
    receipt.error?.message ?? '',
  ]);
  return table(
    ['when', 'kind', 'label', 'cause', 'force', 'outcome', 'server', 'round trip', 'said'],
    rows,
  );
}

/** Every setting, its value as JSON, and its source. */
export function settingsTable({ settings }: SettingsReport): string {
  return table(
    ['setting', 'value', 'from'],
    settings.map(({ name, value, source }) => [name, JSON.stringify(value), source]),
  );
}

function milliseconds(value: number | null): string {
  return value === null ? '' : `${Math.round(value)} ms`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const lines = [head, ...rows].map((row) => row.map(oneLine));
  const widths = head.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** Text from a server must not break the line or send control codes to the terminal. */
export function oneLine(cell: string): string {
  return cell.replaceAll(/\p{Cc}+/gu, ' ');
}
