import { describe, expect, test } from 'vitest';
import { heldTable, receiptTable } from '../../../main/shell/cli/tables.ts';
import { failedReceipt, receipt } from '../../support/receipts.ts';

const held = {
  id: 'held-1',
  kind: 'agent',
  label: 'Ann',
  server: 'https://chat.example.com',
  fqSiteName: 'site',
  maskedSessionId: 'node…',
  heldSince: '2026-07-01T09:00:00.000Z',
  presence: null,
  activity: null,
};
const status = {
  version: '1.2.3',
  pid: 7,
  held: [held],
  elsewhere: [],
  vault: { durable: true, keyPending: false, folderUnusable: false, setAside: null },
};

describe('the table of what is held', () => {
  test('has a line for each session, under a head', () => {
    expect(heldTable({ ...status, held: [held, { ...held, id: 'held-22', label: '' }] })).toBe(
      [
        'Signoff 1.2.3 is running (process 7).',
        'id       kind   label  server                    site  session  held since                presence  status',
        'held-1   agent  Ann    https://chat.example.com  site  node…    2026-07-01T09:00:00.000Z',
        'held-22  agent         https://chat.example.com  site  node…    2026-07-01T09:00:00.000Z',
        '',
      ].join('\n'),
    );
  });

  test('says of a session that was started here how its agent is', () => {
    const text = heldTable({
      ...status,
      held: [
        {
          ...held,
          presence: { state: 'present', dropsAt: null },
          activity: { value: 'available', reason: null },
        },
        {
          ...held,
          presence: { state: 'reconnecting', dropsAt: '2026-07-01T09:04:00.000Z' },
          activity: { value: 'unavailable', reason: 2 },
        },
        {
          ...held,
          presence: { state: 'dropped', dropsAt: '2026-07-01T09:04:00.000Z' },
          activity: { value: 'unknown', reason: null },
        },
      ],
    });
    const [, , ...rows] = text.trimEnd().split('\n');
    expect(rows.map((row) => row.split('09:00:00.000Z  ')[1]?.split(/ {2,}/))).toEqual([
      ['present', 'available'],
      ['reconnecting (dropped at 2026-07-01T09:04:00.000Z)', 'unavailable (2)'],
      ['dropped', 'unknown'],
    ]);
  });

  test('is a sentence where nothing is held', () => {
    expect(heldTable({ ...status, held: [] })).toBe(
      'Signoff 1.2.3 is running (process 7).\nNothing is held.\n',
    );
  });

  test('says when sessions are held in memory only', () => {
    const text = heldTable({
      ...status,
      vault: { durable: false, keyPending: false, folderUnusable: false, setAside: null },
    });
    expect(text).toContain('sessions are held in memory only');
  });

  test('says while the key to them is not on the disk', () => {
    const vault = { durable: false, keyPending: true, folderUnusable: false, setAside: null };
    const text = heldTable({ ...status, vault });
    expect(text).toContain('Windows has yet to save the key');
    expect(text).not.toContain('in memory only');
  });

  test('has what other machines hold below, by machine', () => {
    const elsewhere = [
      { host: 'FRONT-07', since: '2026-07-01T09:12:00.000Z', held: [{ ...held, id: 'far-1' }] },
      { host: 'FRONT-\u001b[31m08', since: null, held: null },
    ];
    expect(
      heldTable({ ...status, held: [], elsewhere })
        .split('\n')
        .slice(1, 6),
    ).toEqual([
      'Nothing is held.',
      "Held by FRONT-07 since 2026-07-01T09:12:00.000Z; 'signoff sign-off ID' ends it, if nobody is at work there.",
      'id     kind   label  server                    site  session  held since                presence  status',
      'far-1  agent  Ann    https://chat.example.com  site  node…    2026-07-01T09:00:00.000Z',
      'Held by FRONT- [31m08; only that computer can read what it is.',
    ]);
  });

  test('says where a vault went that could not be read', () => {
    const text = heldTable({
      ...status,
      vault: {
        durable: true,
        keyPending: false,
        folderUnusable: false,
        setAside: 'vault.unreadable-1.sealed',
      },
    });
    expect(text).toContain('vault.unreadable-1.sealed');
  });
});

describe('the table of receipts', () => {
  test('has a line for each receipt, under a head, without blanks at its end', () => {
    expect(
      receiptTable([
        receipt(),
        failedReceipt({
          kind: 'engagement',
          label: '',
          cause: 'asked',
          forced: false,
          roundTripMs: null,
          server: { ...receipt().server, processingMs: null },
        }),
      ]),
    ).toBe(
      [
        'when                      kind        label  cause  force   outcome  server  round trip  said',
        '2026-07-01T09:00:00.120Z  agent       Ann    quit   forced  ended    40 ms   120 ms',
        '2026-07-01T09:00:00.120Z  engagement         asked          refused                      There are chats.',
        '',
      ].join('\n'),
    );
  });

  test('is a sentence where there are none', () => {
    expect(receiptTable([])).toBe('Nothing to show.\n');
  });

  test('lets no server’s words break a line or command the terminal', () => {
    const message = 'Two\r\nlines,\ta tab and \u001b[31mred\u009b0m';
    const text = receiptTable([failedReceipt({ error: { code: 'X', message, status: 500 } })]);
    expect(text.split('\n')).toHaveLength(3);
    expect(text.replaceAll('\n', '')).toMatch(/^\P{Cc}*$/u);
  });
});
