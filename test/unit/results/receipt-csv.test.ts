import { describe, expect, test } from 'vitest';
import { csvHeader, csvRecord } from '../../../main/results/receipt-csv.ts';
import type { Receipt } from '../../../main/results/receipt.ts';
import fc from '../../support/property.ts';
import { failedReceipt, receipt } from '../../support/receipts.ts';

/** Reads records as RFC 4180 has them; with `separator` in place of commas, as some spreadsheets do. */
function parse(text: string, separator = ','): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') cell += text[(at += 1)] ?? '';
      else quoted = false;
    } else if (character === '"' && cell === '') quoted = true;
    else if (character === separator) {
      record.push(cell);
      cell = '';
    } else if (character === '\n') {
      records.push([...record, cell.replace(/\r$/, '')]);
      record = [];
      cell = '';
    } else cell += character;
  }
  return records;
}

/** The cells of one receipt by their column. */
function cellsOf(made: Receipt): Record<string, string> {
  const [names = [], cells = []] = parse(csvHeader() + csvRecord(made));
  expect(cells).toHaveLength(names.length);
  return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
}

test('the header names every column, the same for ever', () => {
  expect(csvHeader()).toBe(
    'id,heldId,kind,label,server,fqSiteName,cause,forced,outcome,attempts,startedAt,finishedAt,' +
      'roundTripMs,processingMs,networkMs,waitMs,dnsMs,tcpMs,tlsMs,requestMs,firstByteMs,' +
      'downloadMs,totalMs,serviceStartTime,serviceFinishTime,clockOffsetMs,clockUncertaintyMs,' +
      'implausible,clientId,sequenceNumber,errorCode,errorMessage,errorStatus,proxy,replyStatus,' +
      'replyBody,replyCut,answeredBy,answererName,retryAfterMs,handedIn,letGo,connectedTo,tried\r\n',
  );
});

test('a record has the whole receipt, numbers and times as they are', () => {
  const made = failedReceipt({
    clockOffsetMs: -12.5,
    implausible: ['One.', 'Two.'],
    proxy: 'proxy.example.com:8080',
    reply: { status: 200, body: '{"a": 1}', cut: false },
    answeredBy: { kind: 'gateway', name: 'edge' },
    retryAfterMs: 2_000,
    connectedTo: '192.0.2.7',
    tried: ['2001:db8::7', '192.0.2.7'],
  });
  expect(cellsOf(made)).toEqual({
    id: 'receipt-1',
    heldId: 'held-1',
    kind: 'agent',
    label: 'Ann',
    server: 'https://chat.example.com',
    fqSiteName: 'day001_221100_sql_001h',
    cause: 'quit',
    forced: 'true',
    outcome: 'refused',
    attempts: '1',
    startedAt: '2026-07-01T09:00:00.000Z',
    finishedAt: '2026-07-01T09:00:00.120Z',
    roundTripMs: '120.4',
    processingMs: '40',
    networkMs: '80.4',
    waitMs: '0',
    dnsMs: '1',
    tcpMs: '2',
    tlsMs: '3',
    requestMs: '0',
    firstByteMs: '110',
    downloadMs: '4',
    totalMs: '120',
    serviceStartTime: '2026-07-01T09:00:00.010Z',
    serviceFinishTime: '2026-07-01T09:00:00.050Z',
    clockOffsetMs: '-12.5',
    clockUncertaintyMs: '40',
    implausible: 'One. Two.',
    clientId: '1',
    sequenceNumber: '1',
    errorCode: 'BUSY',
    errorMessage: 'There are chats.',
    errorStatus: '200',
    proxy: 'proxy.example.com:8080',
    replyStatus: '200',
    replyBody: '{"a": 1}',
    replyCut: 'false',
    answeredBy: 'gateway',
    answererName: 'edge',
    retryAfterMs: '2000',
    handedIn: 'false',
    letGo: 'false',
    connectedTo: '192.0.2.7',
    tried: '2001:db8::7 192.0.2.7',
  });
});

test('what there is none of is an empty cell', () => {
  const made = receipt({ roundTripMs: null, error: null, reply: null });
  const { roundTripMs, errorCode, errorStatus, replyBody, replyCut } = cellsOf(made);
  expect([roundTripMs, errorCode, errorStatus, replyBody, replyCut]).toEqual(['', '', '', '', '']);
});

test('a record ends with CR LF', () => {
  expect(csvRecord(receipt())).toMatch(/[^\r\n]\r\n$/);
});

test.for([
  'a,b',
  'say "hi"',
  '"',
  'two\nlines',
  'two\r\nlines',
  ' spaces ',
  '日本語',
  "'quoted'",
  '',
])('text comes through as it is: %j', (label) => {
  expect(cellsOf(receipt({ label }))['label']).toBe(label);
});

test('text comes through, but for an apostrophe before what would be a formula', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (label) => {
      const cell = cellsOf(receipt({ label }))['label'] ?? '';
      expect(cell.replaceAll("'", '')).toBe(label.replaceAll("'", ''));
    }),
  );
});

describe('a formula', () => {
  const FORMULA = /^[ \t\r]*[=+\-@＝＋－＠]/;

  test.for(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '="a"&"b"', '=1,2'])(
    'is text behind an apostrophe: %j',
    (label) => {
      expect(cellsOf(receipt({ label }))['label']?.startsWith("'")).toBe(true);
    },
  );

  test.for([',', ';', '\t'])(
    'is in no cell, whatever the text (lists separated by %j)',
    (separator) => {
      const risky = fc
        .array(fc.constantFrom('=', '+', '-', '@', ';', ',', '"', '\t', '\r', '\n', ' ', 'a', '＝'))
        .map((characters) => characters.join(''));
      fc.assert(
        fc.property(risky, risky, (label, message) => {
          const error = { code: label, message, status: 1 };
          const made = receipt({ label, error, reply: { status: 200, body: message, cut: true } });
          const formulas = parse(csvRecord(made), separator)
            .flat()
            .filter((cell) => FORMULA.test(cell));
          expect(formulas).toEqual([]);
        }),
        { numRuns: 1_000 },
      );
    },
  );
});
