import fc, { type Arbitrary } from 'fast-check';
import type { Fault } from '../../simulator/faults.ts';
import { anyFault } from './faults.ts';

/** Why the agent leaves, or the app goes. */
export type Cause =
  | 'tray menu'
  | 'quit command'
  | 'SIGTERM'
  | 'double SIGTERM'
  | 'SIGKILL'
  | 'killed, and nobody starts it'
  | 'shutdown';

/** When something happens to an app that is leaving: at an event, or so many milliseconds later. */
export type Moment =
  { readonly at: 'request' | 'over' } | { readonly at: 'time'; readonly afterMs: number };

/** How a round's run of the app comes to its end. */
export type Ending =
  /** `answer` is what an agent who is asked gives up with. */
  | { readonly cause: 'tray menu'; readonly answer: 'quit command' | 'SIGTERM' }
  | { readonly cause: 'quit command' | 'SIGTERM' | 'shutdown' }
  | { readonly cause: 'double SIGTERM'; readonly second: Moment }
  /** Killed while it just holds them, for the operating system's supervisor to start it again. */
  | { readonly cause: 'killed, and nobody starts it'; readonly moment: Moment }
  /** Killed while it starts, is handed sessions in, just holds them, or leaves on a signal. */
  | {
      readonly cause: 'SIGKILL';
      readonly amid: 'start' | 'hand-in' | 'holding' | 'leaving';
      readonly moment: Moment;
    };

/** The calls that a fault can be meant for. */
const TARGETS = [
  'logoff',
  'concludeEngagement',
  'serviceSettings',
  'agentTokens',
  'createAutomatedAgentSession',
  'getMessages',
  'setActivityStatus',
] as const;

export interface PlannedFault {
  readonly fault: Fault;
  /** Null: until the faults are cleared. */
  readonly times: number | null;
  /** Which requests: any, those of one call, or those for this round's n-th session. */
  readonly target: 'any' | (typeof TARGETS)[number] | number;
}

/** One round: a run of the app, what it is given to hold, what goes wrong, and how it ends. */
export interface RoundPlan {
  /** From 1. */
  readonly number: number;
  readonly handIns: readonly ('agent' | 'engagement')[];
  /**
   * Whether an agent signs in as well, what they set themselves to afterwards, and what the server then
   * does to their session; null: they do not.
   */
  readonly signIn: {
    readonly thenSets: 'available' | 'unavailable' | null;
    readonly thenServer: 'moves the pool' | 'ends the session' | null;
  } | null;
  /** Whether no fault, of this round or left from those before it, can be in the way of a poll. */
  readonly pollsAreWell: boolean;
  readonly faults: readonly PlannedFault[];
  /** Whether the faults meet what the start finds left over, or only what is handed in after it. */
  readonly faultsFromStart: boolean;
  /** Whether the next round begins with a server that is well. */
  readonly clearFaults: boolean;
  /** So many milliseconds after the agent asked to sign off, without force, the app goes; null: not asked. */
  readonly afterAsking: number | null;
  readonly ending: Ending;
}

const MOST_HAND_INS = 6;
const MOST_FAULTS = 3;

const time = (max: number): Arbitrary<Moment> =>
  fc.record({ at: fc.constant('time'), afterMs: fc.integer({ min: 0, max }) });
const event: Arbitrary<Moment> = fc.record({ at: fc.constantFrom('request', 'over') });
const whileLeaving = fc.oneof(event, time(1_500));

/** A time in which each stage of the app's life is likely to be hit. */
const killed: Arbitrary<Ending> = fc.oneof(
  ...(
    [
      ['start', time(1_500)],
      ['hand-in', time(40)],
      ['holding', fc.oneof(time(0), time(300))],
      ['leaving', whileLeaving],
    ] as const
  ).map(([amid, moment]) =>
    fc.record({ cause: fc.constant('SIGKILL'), amid: fc.constant(amid), moment }),
  ),
);

/** The ways to end of each cause. */
const ENDINGS: Readonly<Record<Cause, Arbitrary<Ending>>> = {
  'tray menu': fc.record({
    cause: fc.constant('tray menu'),
    answer: fc.constantFrom('quit command', 'SIGTERM'),
  }),
  'quit command': fc.constant({ cause: 'quit command' }),
  SIGTERM: fc.constant({ cause: 'SIGTERM' }),
  'double SIGTERM': fc.record({ cause: fc.constant('double SIGTERM'), second: whileLeaving }),
  SIGKILL: killed,
  'killed, and nobody starts it': fc.record({
    cause: fc.constant('killed, and nobody starts it'),
    moment: time(300),
  }),
  shutdown: fc.constant({ cause: 'shutdown' }),
};

/** The causes that can be played here: the tray's panel, the login manager and the unit are Linux's. */
function causesHere(): Cause[] {
  switch (process.platform) {
    case 'linux':
      return [
        'tray menu',
        'quit command',
        'SIGTERM',
        'double SIGTERM',
        'SIGKILL',
        'killed, and nobody starts it',
        'shutdown',
      ];
    case 'win32':
      return ['quit command', 'SIGKILL'];
    default:
      return ['quit command', 'SIGTERM', 'double SIGTERM', 'SIGKILL'];
  }
}

const fault: Arbitrary<PlannedFault> = fc.record({
  fault: anyFault,
  times: fc.option(fc.integer({ min: 1, max: 4 })),
  target: fc.oneof(fc.constantFrom('any' as const, ...TARGETS), fc.nat({ max: MOST_HAND_INS - 1 })),
});

/** All of a round but its cause, so that the causes can take turns. */
const round = fc.noBias(
  fc.record({
    handIns: fc.array(fc.constantFrom('agent', 'engagement'), { maxLength: MOST_HAND_INS }),
    signIn: fc.option(
      fc.record({
        thenSets: fc.constantFrom('available', 'unavailable', null),
        thenServer: fc.constantFrom('moves the pool', 'ends the session', null),
      }),
      { freq: 2 },
    ),
    faults: fc.array(fault, { maxLength: MOST_FAULTS }),
    faultsFromStart: fc.boolean(),
    clearFaults: fc.boolean(),
    afterAsking: fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.nat({ max: 800 }) },
    ),
    endings: fc.record(ENDINGS),
  }),
);

/**
 * The first rounds of a seed; how many are asked for does not change them. Every cause has its turn
 * once before any has its second.
 */
export function planRounds(seed: number, count: number): RoundPlan[] {
  const all = causesHere();
  const turns = fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), {
    seed,
    numRuns: Math.ceil(count / all.length),
  });
  const causes = turns.flat();
  let isLeftInTheWay = false;
  return fc.sample(round, { seed, numRuns: count }).map(({ endings, ...rest }, index) => {
    const isInTheWay = isLeftInTheWay || meetsPolls(rest.faults, rest.handIns.length);
    isLeftInTheWay = isInTheWay && !rest.clearFaults;
    const ending = endings[causes[index] ?? 'SIGTERM'];
    return { number: index + 1, ...rest, pollsAreWell: !isInTheWay, ending };
  });
}

/** One for a session that there is not is for any. */
function meetsPolls(faults: readonly PlannedFault[], handIns: number): boolean {
  return faults.some(({ target }) =>
    typeof target === 'number' ? target >= handIns : target === 'any' || target === 'getMessages',
  );
}
