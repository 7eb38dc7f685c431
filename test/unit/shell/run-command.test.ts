import { describe, expect, test } from 'vitest';
import type { Command } from '../../../main/shell/cli/command-line.ts';
import {
  type ControlReply,
  type ControlRequest,
  REQUEST_LIMIT,
} from '../../../main/shell/cli/protocol.ts';
import { resultOfSignOff, runCommand } from '../../../main/shell/cli/run-command.ts';
import { type Outcome, outcomeSchema, type Receipt } from '../../../main/signoff/receipt.ts';
import { failedReceipt, receipt } from '../../support/receipts.ts';

const SIGN_OFF_ALL = {
  kind: 'sign-off',
  ids: [],
  force: false,
  timeoutMs: null,
  json: true,
} as const;
const STATUS = {
  running: true,
  pid: 7,
  version: '1.2.3',
  electron: '45',
  held: [],
  vault: { durable: true, setAside: null },
};

/** Runs a command; `reply` is what the running app answers, null where none is running. */
async function run(
  command: Command,
  {
    reply = null,
    standardInput = '',
    receipts = [],
    unreadable = 0,
  }: {
    reply?: ControlReply | null;
    standardInput?: string;
    receipts?: readonly Receipt[];
    unreadable?: number;
  } = {},
) {
  const requests: ControlRequest[] = [];
  const waits: number[] = [];
  const pages: unknown[] = [];
  let inputsRead = 0;
  const result = await runCommand(command, {
    app:
      reply === null
        ? null
        : {
            async request(request) {
              requests.push(request);
              return reply;
            },
            async gone(limitMs) {
              waits.push(limitMs);
            },
          },
    receipts: {
      async page(request) {
        pages.push(request);
        return { receipts, next: null, unreadable };
      },
    },
    async readStandardInput() {
      inputsRead += 1;
      return standardInput;
    },
  });
  return { result, requests, waits, pages, inputsRead };
}

const ok = (result: unknown): ControlReply => ({ ok: true, result });
const fault: ControlReply = {
  ok: false,
  exitCode: 2,
  problems: ['sessionId: is missing', 'pool: is missing'],
};

describe('with no app running', () => {
  test('status says so, and that is no failure', async () => {
    expect((await run({ kind: 'status', json: true })).result).toEqual({
      exitCode: 0,
      output: '{"running":false}\n',
      problems: [],
    });
    expect((await run({ kind: 'status', json: false })).result).toEqual({
      exitCode: 0,
      output: 'Signoff is not running.\n',
      problems: [],
    });
  });

  test.each([{ kind: 'hold' }, { kind: 'quit' }] as const)(
    '$kind ends with 4 and says why',
    async (command) => {
      expect((await run(command)).result).toEqual({
        exitCode: 4,
        output: '',
        problems: ['Signoff is not running. Start it first.'],
      });
    },
  );

  test('hold does not wait for a session that nobody can take', async () => {
    expect((await run({ kind: 'hold' })).inputsRead).toBe(0);
  });

  test('sign-off hands the leftovers back to be ended', async () => {
    expect((await run(SIGN_OFF_ALL)).result).toEqual({
      endLeftovers: { command: 'sign-off', ids: 'all', force: false, budgetMs: null },
    });
  });

  test('results are read all the same', async () => {
    const { result, pages } = await run(
      { kind: 'results', json: true, limit: 3 },
      { receipts: [receipt(), failedReceipt()] },
    );
    expect(pages).toEqual([{ after: null, limit: 3 }]);
    expect(result).toEqual({
      exitCode: 0,
      output: `${JSON.stringify([receipt(), failedReceipt()])}\n`,
      problems: [],
    });
  });
});

describe('status', () => {
  test('prints what the app says, as JSON', async () => {
    const { result, requests } = await run({ kind: 'status', json: true }, { reply: ok(STATUS) });
    expect(requests).toEqual([{ command: 'status' }]);
    expect(result).toEqual({ exitCode: 0, output: `${JSON.stringify(STATUS)}\n`, problems: [] });
  });

  test('prints what the app says, for people', async () => {
    const { result } = await run({ kind: 'status', json: false }, { reply: ok(STATUS) });
    expect(result).toEqual({
      exitCode: 0,
      output: 'Signoff 1.2.3 is running (process 7).\nNothing is held.\n',
      problems: [],
    });
  });
});

describe('hold', () => {
  test('sends standard input as it is, and prints the id', async () => {
    const { result, requests } = await run(
      { kind: 'hold' },
      { reply: ok({ id: 'held-1' }), standardInput: '{"kind":"agent"}\n' },
    );
    expect(requests).toEqual([{ command: 'hold', text: '{"kind":"agent"}\n' }]);
    expect(result).toEqual({ exitCode: 0, output: '{"id":"held-1"}\n', problems: [] });
  });

  test('names every problem of bad input, with the exit code that the app gave', async () => {
    const { result } = await run({ kind: 'hold' }, { reply: fault });
    expect(result).toEqual({
      exitCode: 2,
      output: '',
      problems: ['sessionId: is missing', 'pool: is missing'],
    });
  });

  test('finds input that the app would cut off bad, without sending it', async () => {
    // Half of the limit, which JSON doubles.
    const standardInput = '\n'.repeat(REQUEST_LIMIT / 2);
    const { result, requests } = await run({ kind: 'hold' }, { reply: ok(null), standardInput });
    expect(requests).toEqual([]);
    expect(result).toMatchObject({ exitCode: 2, output: '' });
  });
});

describe('sign-off', () => {
  test('asks for all where no id is given', async () => {
    const { requests } = await run(SIGN_OFF_ALL, { reply: ok([]) });
    expect(requests).toEqual([{ command: 'sign-off', ids: 'all', force: false, budgetMs: null }]);
  });

  test('hands its ids, force and timeout on', async () => {
    const command = { ...SIGN_OFF_ALL, ids: ['a', 'b'], force: true, timeoutMs: 1_500 };
    const { requests } = await run(command, { reply: ok([]) });
    expect(requests).toEqual([
      { command: 'sign-off', ids: ['a', 'b'], force: true, budgetMs: 1_500 },
    ]);
  });

  test('prints the receipts, for people too', async () => {
    const { result } = await run({ ...SIGN_OFF_ALL, json: false }, { reply: ok([receipt()]) });
    expect(result).toMatchObject({ exitCode: 0, output: expect.stringContaining('ended') });
  });

  test.each(outcomeSchema.options)(
    'with an outcome of %s ends with 0 only if that is over',
    (outcome: Outcome) => {
      const over = outcome === 'ended' || outcome === 'already-over';
      expect(resultOfSignOff(ok([receipt(), receipt({ outcome })]), true).exitCode).toBe(
        over ? 0 : 1,
      );
    },
  );

  test('with nothing to end is done', () => {
    expect(resultOfSignOff(ok([]), true)).toEqual({ exitCode: 0, output: '[]\n', problems: [] });
  });

  test('keeps the receipts exact in JSON', () => {
    const receipts = [receipt(), failedReceipt()];
    expect(JSON.parse(resultOfSignOff(ok(receipts), true).output)).toEqual(receipts);
  });

  test('that is not carried out says why', () => {
    expect(resultOfSignOff(fault, true)).toEqual({
      exitCode: 2,
      output: '',
      problems: ['sessionId: is missing', 'pool: is missing'],
    });
  });
});

describe('results', () => {
  test('say how many lines could not be read', async () => {
    const { result } = await run(
      { kind: 'results', json: true, limit: 20 },
      { receipts: [receipt()], unreadable: 2 },
    );
    expect(result).toMatchObject({
      exitCode: 0,
      problems: ['2 unreadable lines were passed over.'],
    });
  });

  test('with none yet are empty', async () => {
    expect((await run({ kind: 'results', json: true, limit: 20 })).result).toMatchObject({
      output: '[]\n',
    });
    expect((await run({ kind: 'results', json: false, limit: 20 })).result).toMatchObject({
      output: 'Nothing to show.\n',
    });
  });
});

describe('quit', () => {
  test('waits until the app is gone', async () => {
    const { result, requests, waits } = await run(
      { kind: 'quit' },
      { reply: ok({ stillHeld: 0 }) },
    );
    expect(requests).toEqual([{ command: 'quit' }]);
    expect(waits).toHaveLength(1);
    expect(result).toEqual({ exitCode: 0, output: '', problems: [] });
  });

  test('says how much was left over', async () => {
    const { result } = await run({ kind: 'quit' }, { reply: ok({ stillHeld: 2 }) });
    expect(result).toEqual({
      exitCode: 0,
      output: '',
      problems: ["2 could not be ended in time; see 'signoff results'."],
    });
  });
});
