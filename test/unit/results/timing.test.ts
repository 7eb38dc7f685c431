import { describe, expect, test } from 'vitest';
import type { CallTimes, ServerWords } from '../../../main/chat/call-end.ts';
import { readAgentReply, readConsumerReply } from '../../../main/chat/reply.ts';
import { receiptSchema } from '../../../main/results/receipt.ts';
import { timingOf } from '../../../main/results/timing.ts';
import fc from '../../support/property.ts';
import { SAMPLE } from '../../support/samples.ts';

const NEGATIVE = 'The server says that it finished before it started.';
const TOO_LONG = 'The server says that it worked for longer than the whole round trip took.';
const FAR_APART = "The server's clock and this computer's are more than a day apart.";

const phases: CallTimes['phases'] = {
  wait: 1,
  dns: 2,
  tcp: 10,
  tls: 20,
  request: 3,
  firstByte: 60,
  download: 4,
  total: 100,
};

/** A call begun at `started`: written out after 36 ms, answered after 96 ms, over after 100 ms. */
function timesFrom(started: number, change: Partial<CallTimes> = {}): CallTimes {
  return {
    started,
    sent: started + 36,
    received: started + 96,
    finished: started + 100,
    phases,
    ...change,
  };
}

function wordsFrom(serviceStartTime: number | null, serviceFinishTime: number | null): ServerWords {
  return { serviceStartTime, serviceFinishTime, clientId: '47', sequenceNumber: '3' };
}

function wordsOf(reply: ReturnType<typeof readAgentReply>): ServerWords {
  if (reply.kind !== 'json') throw new Error(`read as ${reply.kind}`);
  return reply.words;
}

describe("the agent page's sample", () => {
  const words = wordsOf(readAgentReply(SAMPLE.logoffReply));

  test('answered by a server whose clock is right has all times, and nothing implausible', () => {
    // Between being written out and answered, 60 ms, the server's 43 ms lie in the middle.
    const started = 1652100288206 - 36 - 8.5;
    expect(timingOf(timesFrom(started), words)).toEqual({
      roundTripMs: 100,
      phases,
      server: {
        serviceStartTime: '2022-05-09T12:44:48.206Z',
        serviceFinishTime: '2022-05-09T12:44:48.249Z',
        processingMs: 43,
        clientId: '47',
        sequenceNumber: '3',
      },
      networkMs: 57,
      clockOffsetMs: 0,
      clockUncertaintyMs: 8.5,
      implausible: [],
    });
  });

  test('answered years after its time keeps its times, and is marked', () => {
    const timing = timingOf(timesFrom(Date.UTC(2026, 10, 22)), words);
    expect(timing.server).toMatchObject({
      serviceStartTime: '2022-05-09T12:44:48.206Z',
      serviceFinishTime: '2022-05-09T12:44:48.249Z',
      processingMs: 43,
    });
    expect(timing.implausible).toEqual([FAR_APART]);
  });
});

test("the consumer page's sample has its times and its processing", () => {
  const words = wordsOf(readConsumerReply(SAMPLE.concludeReply));
  expect(timingOf(timesFrom(Date.UTC(2018, 9, 23, 14, 14, 48)), words).server).toEqual({
    serviceStartTime: '2018-10-23T14:14:48.063Z',
    serviceFinishTime: '2018-10-23T14:14:48.081Z',
    processingMs: 18,
    clientId: '34',
    sequenceNumber: '0',
  });
});

describe('the clock offset', () => {
  test.for([
    [0, 10, 50],
    [5_000, 10, 50],
    [-5_000, 0, 60],
    [12 * 60 * 60 * 1000, 25, 30],
  ])(
    'of a server %d ms ahead is known to within its uncertainty',
    ([ahead = 0, from = 0, to = 0]) => {
      const times = timesFrom(0);
      const sent = times.sent ?? 0;
      const { clockOffsetMs, clockUncertaintyMs } = timingOf(
        times,
        wordsFrom(sent + from + ahead, sent + to + ahead),
      );
      // The exchange takes 60 ms: from 0 to 60 the server may have worked.
      expect(clockOffsetMs).toBe(ahead + (from + to - 60) / 2);
      expect(clockUncertaintyMs).toBe((60 - (to - from)) / 2);
    },
  );

  test('of any server is within the uncertainty of the truth', () => {
    const part = fc.nat(10_000);
    fc.assert(
      fc.property(fc.integer(), part, part, part, part, (ahead, connect, there, work, back) => {
        const sent = connect;
        const received = sent + there + work + back;
        const times = timesFrom(0, { sent, received, finished: received });
        const start = sent + there + ahead;
        const { clockOffsetMs, clockUncertaintyMs } = timingOf(
          times,
          wordsFrom(start, start + work),
        );
        expect(Math.abs((clockOffsetMs ?? NaN) - ahead)).toBeLessThanOrEqual(
          clockUncertaintyMs ?? NaN,
        );
      }),
    );
  });

  test.for<Partial<CallTimes>>([{ sent: null }, { received: null }])(
    'is not known of a call with %j',
    (change) => {
      expect(timingOf(timesFrom(0, change), wordsFrom(40, 80))).toMatchObject({
        clockOffsetMs: null,
        clockUncertaintyMs: null,
      });
    },
  );
});

describe('what the server did not say', () => {
  test.for([
    [40, null],
    [null, 80],
    [null, null],
  ])('(%s, %s) is null, and so is all that follows from it', ([start, finish]) => {
    expect(timingOf(timesFrom(0), wordsFrom(start ?? null, finish ?? null))).toMatchObject({
      roundTripMs: 100,
      server: { processingMs: null },
      networkMs: null,
      clockOffsetMs: null,
      clockUncertaintyMs: null,
      implausible: [],
    });
  });

  test('leaves what it did say', () => {
    expect(timingOf(timesFrom(0), wordsFrom(40, null)).server).toEqual({
      serviceStartTime: '1970-01-01T00:00:00.040Z',
      serviceFinishTime: null,
      processingMs: null,
      clientId: '47',
      sequenceNumber: '3',
    });
  });

  test('because there were no words at all leaves the times of the call', () => {
    expect(timingOf(timesFrom(0), null)).toMatchObject({
      roundTripMs: 100,
      phases,
      server: { serviceStartTime: null, clientId: null, sequenceNumber: null },
    });
  });

  test('because there was no reply leaves no round trip', () => {
    expect(timingOf(timesFrom(0, { received: null }), null).roundTripMs).toBeNull();
  });
});

describe('what cannot be', () => {
  test('is processing that is negative: kept as it was said, and marked', () => {
    expect(timingOf(timesFrom(0), wordsFrom(70, 60))).toMatchObject({
      server: { processingMs: -10 },
      networkMs: 110,
      implausible: [NEGATIVE],
    });
  });

  test('is processing longer than the round trip: kept as it was said, and marked', () => {
    expect(timingOf(timesFrom(0), wordsFrom(0, 101))).toMatchObject({
      server: { processingMs: 101 },
      networkMs: -1,
      implausible: [TOO_LONG],
    });
  });

  test('is not processing as long as the round trip, nor none at all', () => {
    expect(timingOf(timesFrom(0), wordsFrom(0, 100)).implausible).toEqual([]);
    expect(timingOf(timesFrom(0), wordsFrom(50, 50)).implausible).toEqual([]);
  });

  test.for([1, -1])('is a clock more than a day away (%d), and not one of just a day', (sign) => {
    const day = 24 * 60 * 60 * 1000;
    const marks = (ahead: number): string[] =>
      timingOf(timesFrom(0), wordsFrom(66 + ahead, 66 + ahead)).implausible;
    expect(marks(sign * day)).toEqual([]);
    expect(marks(sign * (day + 1))).toEqual([FAR_APART]);
  });

  test('may be more than one thing', () => {
    expect(timingOf(timesFrom(Date.UTC(2026, 10, 22)), wordsFrom(10, 0)).implausible).toEqual([
      NEGATIVE,
      FAR_APART,
    ]);
  });
});

test('every time that a reply can say fits into a receipt', () => {
  const instants = fc.oneof(
    fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 }),
    fc.constantFrom(-62_167_219_200_000, 253_402_300_799_999, 0.5, -0.5),
  );
  const said = receiptSchema.pick({ server: true, clockOffsetMs: true, networkMs: true });
  fc.assert(
    fc.property(instants, instants, (start, finish) => {
      const body = JSON.stringify({ serviceStartTime: start, serviceFinishTime: finish });
      const timing = timingOf(timesFrom(0), wordsOf(readAgentReply(body)));
      expect(timing.server.serviceStartTime).not.toBeNull();
      expect(said.safeParse(timing).error).toBeUndefined();
    }),
  );
});
