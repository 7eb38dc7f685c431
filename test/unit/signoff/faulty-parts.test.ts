import { describe, expect, test } from 'vitest';
import { createLeaving } from '../../../main/lifecycle/leaving.ts';
import { createCoordinator } from '../../../main/signoff/coordinator.ts';
import {
  type EndSession,
  type StartSignOff,
  startsSignOffs,
} from '../../../main/signoff/sign-off.ts';
import { answer } from '../../support/scripted-server.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';
import { collectUncaught } from '../../support/uncaught.ts';

const SIGNAL_MS = 4_000;
/** What a stuck session or disk may take beyond the budget. */
const BEYOND_MS = 1_500;
/** For an app that goes. */
const GOES_WITHIN_MS = SIGNAL_MS + 1_000;

type Parts = Omit<Parameters<typeof createCoordinator>[0], 'startSignOff'> & {
  readonly startSignOff: StartSignOff;
  readonly endSession: EndSession;
};

/** The fault of a part: of Ann's session, where it has to do with one, else of all. */
interface Row {
  readonly part: string;
  /** The parts that have the fault, made of those that have not. */
  readonly fault: (parts: Parts, ann: string) => Partial<Parts>;
  /** Whether Ann's session is over on the server all the same; `all` of them, if not told. */
  readonly spared?: 'all' | 'others' | 'none';
}

const BROKEN = new Error('a part that is broken');
const throws = (): never => {
  throw BROKEN;
};
const rejects = (): Promise<never> => Promise.reject(BROKEN);
const hangs = (): Promise<never> => new Promise(() => undefined);

/** A call that has the fault for Ann's session alone. */
const forAnn =
  <Rest extends unknown[], Result>(
    ann: string,
    well: (id: string, ...rest: Rest) => Result,
    fault: () => Result,
  ) =>
  (id: string, ...rest: Rest): Result =>
    id === ann ? fault() : well(id, ...rest);

const endSession =
  (fault: () => Promise<never>): Row['fault'] =>
  (parts, ann) => ({
    endSession: (session, ...rest) =>
      session.id === ann ? fault() : parts.endSession(session, ...rest),
  });
const vault =
  (change: (vault: Parts['vault'], ann: string) => Partial<Parts['vault']>): Row['fault'] =>
  (parts, ann) => ({ vault: { ...parts.vault, ...change(parts.vault, ann) } });
const signOffs =
  (change: Partial<ReturnType<StartSignOff>>): Row['fault'] =>
  (parts, ann) => ({
    startSignOff(session, ...rest) {
      const started = parts.startSignOff(session, ...rest);
      return session.id === ann ? { ...started, ...change } : started;
    },
  });

const ROWS: readonly Row[] = [
  { part: 'endSession throws', fault: endSession(throws), spared: 'others' },
  { part: 'endSession rejects', fault: endSession(rejects), spared: 'others' },
  { part: 'endSession never ends', fault: endSession(hangs), spared: 'others' },
  {
    part: 'startSignOff throws',
    fault: (parts, ann) => ({
      startSignOff: (session, ...rest) =>
        session.id === ann ? throws() : parts.startSignOff(session, ...rest),
    }),
    spared: 'others',
  },
  { part: 'a sign-off cannot begin', fault: signOffs({ begin: throws }), spared: 'others' },
  {
    part: 'a sign-off never has a receipt',
    fault: signOffs({ begin: () => undefined }),
    spared: 'others',
  },
  { part: 'a sign-off cannot be joined', fault: signOffs({ join: throws }) },
  { part: 'vault.held throws', fault: vault(() => ({ held: throws })), spared: 'none' },
  {
    part: 'vault.find throws',
    fault: vault(({ find }, ann) => ({ find: forAnn(ann, find, throws) })),
  },
  {
    part: 'vault.release throws',
    fault: vault(({ release }, ann) => ({ release: forAnn(ann, release, throws) })),
  },
  {
    part: 'vault.noteSequenceNumber throws',
    fault: vault(({ noteSequenceNumber }, ann) => ({
      noteSequenceNumber: forAnn(ann, noteSequenceNumber, throws),
    })),
  },
  { part: 'vault.flush throws', fault: vault(() => ({ flush: throws })) },
  { part: 'receipts.append throws', fault: () => ({ receipts: { append: throws } }) },
  { part: 'receipts.append rejects', fault: () => ({ receipts: { append: rejects } }) },
  { part: 'receipts.append never ends', fault: () => ({ receipts: { append: hangs } }) },
  {
    part: 'onReceiptFault throws',
    fault: () => ({ receipts: { append: rejects }, onReceiptFault: throws }),
  },
  { part: 'newId throws', fault: () => ({ newId: throws }) },
  { part: 'budgetMs throws', fault: () => ({ budgetMs: throws }) },
];

/** Two agents and an engagement are held; the server ends whatever it is asked to. */
function faultyWorld({ fault }: Row) {
  const { errors } = collectUncaught();
  const world = createSignOffWorld();
  const { clock, server, vault: held, budgetMs } = world;
  const [ann] = world.hold(agentSession('Ann'), agentSession('Ben'), engagement('Carl'));
  const names = new Map(held.held().map(({ id, label }) => [id, label]));
  let ids = 0;
  const newId = (): string => `receipt-${(ids += 1)}`;
  const well: Parts = {
    vault: held,
    receipts: { append: async () => undefined },
    endSession: server.endSession,
    startSignOff: throws,
    clock,
    newId,
    standing: null,
    budgetMs,
    onReceiptFault: () => undefined,
  };
  const ownEnd = { ...well, ...fault(well, ann?.id ?? '') };
  const { endSession: end, newId: newReceiptId } = ownEnd;
  const startSignOff = startsSignOffs({
    endSession: end,
    clock,
    random: () => 0.5,
    newId: newReceiptId,
  });
  const parts = { ...well, startSignOff, endSession: end };
  const coordinator = createCoordinator({ ...parts, ...fault(parts, ann?.id ?? '') });
  return {
    ...world,
    coordinator,
    errors,
    nameOf: (heldId: string) => names.get(heldId),
    /** Whose sessions the server has ended. */
    over() {
      const ended = server.exchanges.filter((exchange) => exchange.end.kind === 'success');
      const overIds = new Set(ended.map(({ request }) => request.heldId));
      return [...names].flatMap(([id, name]) => (overIds.has(id) ? [name] : []));
    },
  };
}

const OVER = { all: ['Ann', 'Ben', 'Carl'], others: ['Ben', 'Carl'], none: [] };

describe.each(ROWS)('where $part', (row) => {
  const expected = OVER[row.spared ?? 'all'];

  test('every other session is ended, and signing off does not reject, nor last', async () => {
    const { clock, coordinator, over } = faultyWorld(row);
    const signedOff = coordinator.signOff({ cause: 'signal', ids: 'all' });
    await clock.until(signedOff, SIGNAL_MS + BEYOND_MS);
    expect(over()).toEqual(expected);
  });

  test('every other session is ended by a stronger cause that joins', async () => {
    const { clock, coordinator, over, server, nameOf } = faultyWorld(row);
    server.answerWith(({ forced, heldId }) =>
      answer(forced || nameOf(heldId) === 'Carl' ? 'ended' : 'refused', 300),
    );
    const asked = coordinator.signOff({ cause: 'asked', ids: 'all' });
    await clock.advance(100);
    const signal = coordinator.signOff({ cause: 'signal', ids: 'all' });
    await clock.until(Promise.all([asked, signal]), 15_000);
    // An order that cannot be joined is as if it had not been given.
    const least = row.part.includes('joined') ? OVER.others : expected;
    expect(over()).toEqual(expect.arrayContaining(least));
  });

  test('every other session is ended where nothing may wait', async () => {
    const { clock, coordinator, over } = faultyWorld(row);
    coordinator.signOffAtOnce({ cause: 'shutdown', ids: 'all' });
    await clock.advance(SIGNAL_MS);
    expect(over()).toEqual(expected);
  });

  test('the app goes', async () => {
    const world = faultyWorld(row);
    const leaving = createLeaving(world);
    const left = leaving.leave({ cause: 'signal', mayAsk: false });
    expect(await world.clock.until(left, GOES_WITHIN_MS)).toBe('gone');
    expect(world.over()).toEqual(expected);
  });

  test('another sign-off tries what is left', async () => {
    const { clock, coordinator, vault: held, over } = faultyWorld(row);
    await clock.until(coordinator.signOff({ cause: 'signal', ids: 'all' }), SIGNAL_MS + BEYOND_MS);
    expect(held.held().filter(({ id }) => coordinator.underWay(id) !== undefined)).toEqual([]);
    await clock.until(coordinator.signOff({ cause: 'signal', ids: 'all' }), SIGNAL_MS + BEYOND_MS);
    expect(over()).toEqual(expected);
  });
});

describe('what a listener of the coordinator throws', () => {
  test.each(['onStart', 'onProgress', 'onReceipt'] as const)('%s keeps no session', async (on) => {
    const { clock, coordinator, over, errors } = faultyWorld({ part: on, fault: () => ({}) });
    coordinator[on](throws);
    await clock.until(coordinator.signOff({ cause: 'signal', ids: 'all' }), SIGNAL_MS);
    expect(over()).toEqual(OVER.all);
    expect(errors()).toContain(BROKEN);
  });
});

test('a sign-off that was given up, and whose session is over all the same, leaves the vault', async () => {
  let late: (() => void) | null = null;
  const {
    clock,
    coordinator,
    vault: held,
  } = faultyWorld({
    part: 'a sign-off whose receipt is late',
    fault: (parts, ann) => ({
      startSignOff: (session, order, on) =>
        parts.startSignOff(session, order, {
          ...on,
          onReceipt(receipt) {
            if (session.id !== ann) on.onReceipt(receipt);
            else late = () => on.onReceipt(receipt);
          },
        }),
    }),
  });
  const receipts = await clock.until(
    coordinator.signOff({ cause: 'signal', ids: 'all' }),
    SIGNAL_MS + BEYOND_MS,
  );
  expect(receipts.map(({ label, outcome }) => [label, outcome])).toContainEqual([
    'Ann',
    'unreachable',
  ]);
  expect(held.held().map(({ label }) => label)).toEqual(['Ann']);
  (late ?? throws)();
  expect(held.held()).toEqual([]);
});
