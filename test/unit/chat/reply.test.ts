import { describe, expect, test } from 'vitest';
import {
  parseObject,
  readAgentReply,
  readConsumerReply,
  type Reply,
} from '../../../main/chat/reply.ts';
import fc from '../../support/property.ts';
import { SAMPLE } from '../../support/samples.ts';

type Read = (body: string) => Reply;
const READERS: readonly (readonly [api: string, read: Read])[] = [
  ['agent', readAgentReply],
  ['consumer', readConsumerReply],
];

/** The words of a reply with these fields, by either API; fails where they read it differently. */
function wordsOf(fields: Record<string, unknown> | string) {
  const body = typeof fields === 'string' ? fields : JSON.stringify(fields);
  const [agent, consumer] = READERS.map(([, read]) => {
    const reply = read(body);
    if (reply.kind !== 'json') throw new Error(`read as ${reply.kind}`);
    const { sequenceNumber: _, ...common } = reply.words;
    return common;
  });
  expect(agent).toEqual(consumer);
  return agent;
}

function jsonOf(read: Read, fields: unknown) {
  const reply = read(JSON.stringify(fields));
  if (reply.kind !== 'json') throw new Error(`read as ${reply.kind}`);
  return reply;
}

describe('the samples', () => {
  test('of the agent page is read whole', () => {
    expect(readAgentReply(SAMPLE.logoffReply)).toEqual({
      kind: 'json',
      words: {
        serviceStartTime: 1652100288206,
        serviceFinishTime: 1652100288249,
        clientId: '47',
        sequenceNumber: '3',
      },
      json: JSON.parse(SAMPLE.logoffReply),
      systemError: null,
      errorCode: null,
      code: null,
      message: null,
    });
  });

  test('of the consumer page is read whole', () => {
    expect(readConsumerReply(SAMPLE.concludeReply)).toEqual({
      kind: 'json',
      words: {
        serviceStartTime: Date.UTC(2018, 9, 23, 14, 14, 48, 63),
        serviceFinishTime: Date.UTC(2018, 9, 23, 14, 14, 48, 81),
        clientId: '34',
        sequenceNumber: '0',
      },
      json: JSON.parse(SAMPLE.concludeReply),
      systemError: null,
      errorCode: null,
      code: null,
      message: null,
    });
  });
});

describe('a time', () => {
  test.for([
    [1652100288206, 1652100288206],
    ['1652100288206', 1652100288206],
    [0, 0],
    [-1, -1],
    ['2018-10-23T14:14:48.063Z', Date.UTC(2018, 9, 23, 14, 14, 48, 63)],
    ['2022-05-09T12:44:48Z', Date.UTC(2022, 4, 9, 12, 44, 48)],
    ['2022-05-09T14:44:48+02:00', Date.UTC(2022, 4, 9, 12, 44, 48)],
    ['2022-05-09T05:14:48-07:30', Date.UTC(2022, 4, 9, 12, 44, 48)],
    ['2022-05-09T12:44:48.123456Z', Date.UTC(2022, 4, 9, 12, 44, 48, 123)],
  ])('%j is read as %d in both APIs', ([said, instant]) => {
    expect(wordsOf({ serviceStartTime: said, serviceFinishTime: said })).toMatchObject({
      serviceStartTime: instant,
      serviceFinishTime: instant,
    });
  });

  test.for([
    null,
    true,
    '',
    'soon',
    'error 5',
    'Mon May 9',
    '2022-13-45T99:99:99Z',
    {},
    [1652100288206],
    1e18,
    -1e18,
    '99999999999999999999',
    Number.MAX_SAFE_INTEGER,
  ])('%j is none', (said) => {
    expect(wordsOf({ serviceStartTime: said, serviceFinishTime: said })).toMatchObject({
      serviceStartTime: null,
      serviceFinishTime: null,
    });
  });

  test('that is beyond every number is none', () => {
    expect(wordsOf('{"serviceStartTime":1e999}')?.serviceStartTime).toBeNull();
  });

  test('of each end is read on its own', () => {
    expect(wordsOf({ serviceStartTime: 'soon', serviceFinishTime: 5 })).toMatchObject({
      serviceStartTime: null,
      serviceFinishTime: 5,
    });
  });

  test('that is read can be written as ISO text', () => {
    const said = fc.oneof(fc.double(), fc.integer(), fc.date().map(String), fc.string());
    fc.assert(
      fc.property(said, (time) => {
        const instant = wordsOf({ serviceStartTime: time })?.serviceStartTime ?? 0;
        expect(new Date(instant).toISOString()).toMatch(/^\d{4}-/);
      }),
    );
  });
});

describe('an int64', () => {
  test.for([
    ['{"clientId":47}', '47'],
    ['{"clientId":-9223372036854775808}', '-9223372036854775808'],
    ['{"clientId":9007199254740993}', '9007199254740993'],
    ['{"clientId":9223372036854775807}', '9223372036854775807'],
    ['{"clientId":"9223372036854775807"}', '9223372036854775807'],
    [
      '{"clientId":9223372036854776000,"clientIdString":"9223372036854775807"}',
      '9223372036854775807',
    ],
    ['{"clientIdString":"47"}', '47'],
    ['{"clientIdString":47}', '47'],
    ['{"clientId":47,"clientIdString":null}', '47'],
    ['{"clientId":47,"clientIdString":""}', '47'],
    ['{"clientId":47,"clientIdString":"many"}', '47'],
    ['{"clientId":{},"clientIdString":"47"}', '47'],
  ])('of %s is exactly %s', ([body = '', clientId]) => {
    expect(wordsOf(body)?.clientId).toBe(clientId);
  });

  test.for(['47.5', '1e30', 'true', '"4 7"', '"0x10"', '[47]', `"${'9'.repeat(100)}"`])(
    'is none where the server says %s',
    (said) => {
      expect(wordsOf(`{"clientId":${said}}`)?.clientId).toBeNull();
    },
  );

  test('of any size comes through exactly, with its twin or without', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.boolean(), (value, hasTwin) => {
        const twin = (name: string): string => (hasTwin ? `,"${name}":"${value}"` : '');
        const agent = `{"sequenceNumber":${value}${twin('sequenceNumberString')}}`;
        const consumer = `{"clientTransactionId":${value}${twin('clientTransactionIdString')}}`;
        expect(readAgentReply(agent)).toMatchObject({ words: { sequenceNumber: `${value}` } });
        expect(readConsumerReply(consumer)).toMatchObject({
          words: { sequenceNumber: `${value}` },
        });
      }),
    );
  });
});

describe('JSON', () => {
  test('of whatever is in it comes through, with its large integers as text', () => {
    const digits = fc.constantFrom('1234567890123456789', '"1234567890123456789\\', '0.', '-', 'e');
    const number = fc.oneof(fc.double(), fc.bigInt(-(2n ** 70n), 2n ** 70n).map(Number));
    const value = fc.oneof(fc.jsonValue(), fc.array(digits).map(String), number);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), (object) => {
        const body = JSON.stringify(object);
        expect(parseObject(body)).toEqual(JSON.parse(body, largeAsText));
      }),
    );
  });

  test.for(['{"a":00012345678901234567}', '{"a":-12345678901234567-}', '{"a":x12345678901234567}'])(
    'is not made of %s',
    (body) => {
      expect(parseObject(body)).toBeNull();
    },
  );

  function largeAsText(_key: string, value: unknown): unknown {
    const isLarge = Number.isInteger(value) && !Number.isSafeInteger(value);
    // What JSON.stringify writes with an exponent stays a number.
    return isLarge && !String(value).includes('e') ? String(value) : value;
  }
});

describe.for(READERS)('a reply of the %s API', ([, read]) => {
  test.for(['', ' ', '\r\n\t'])('is empty when it is %j', (body) => {
    expect(read(body)).toEqual({ kind: 'empty' });
  });

  test.for(['[]', '[{}]', 'null', 'true', '47', '"ended"', '{', '{"a":1', 'OK', '{}{}', '\ufffd'])(
    'is not one when it is %s',
    (body) => {
      expect(read(body)).toEqual({ kind: 'not-json', html: false, code: null });
    },
  );

  test.for(['<!DOCTYPE html><p>Log in</p>', ' \n<html>', '<?xml version="1.0"?><error/>'])(
    'is a page when it is %j',
    (body) => {
      expect(read(body)).toEqual({ kind: 'not-json', html: true, code: null });
    },
  );

  test('is one however deep it is nested', () => {
    const body = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)},"clientId":47}`;
    expect(read(body)).toMatchObject({ kind: 'json', words: { clientId: '47' } });
  });

  test('may have no field at all', () => {
    expect(read('{}')).toEqual({
      kind: 'json',
      words: {
        serviceStartTime: null,
        serviceFinishTime: null,
        clientId: null,
        sequenceNumber: null,
      },
      json: {},
      systemError: null,
      errorCode: null,
      code: null,
      message: null,
    });
  });

  test('may have fields that nobody has heard of', () => {
    expect(
      jsonOf(read, { clientId: 47, more: { of: ['them'] }, constructor: 1 }).words,
    ).toMatchObject({
      clientId: '47',
    });
  });

  test('takes nothing from a prototype that it brings along', () => {
    expect(read('{"__proto__":{"chatSystemError":{},"clientId":1}}')).toMatchObject({
      systemError: null,
      words: { clientId: null },
    });
  });

  test.for([
    [{ errorCondition: 'BUSY', text: 'Not now.', type: 'ERROR' }, 'BUSY', 'Not now.'],
    [{ errorCondition: null, text: 'Not now.', type: 'ERROR' }, 'ERROR', 'Not now.'],
    [{ errorCondition: '', text: ' ', type: 'ERROR' }, 'ERROR', expect.stringMatching(/\w/)],
    [{ errorCondition: 7, text: {}, type: [] }, 'CHAT_SYSTEM_ERROR', expect.stringMatching(/\w/)],
    [{}, 'CHAT_SYSTEM_ERROR', expect.stringMatching(/\w/)],
    [[], 'CHAT_SYSTEM_ERROR', expect.stringMatching(/\w/)],
    [false, 'CHAT_SYSTEM_ERROR', expect.stringMatching(/\w/)],
    ['Not now.', 'CHAT_SYSTEM_ERROR', 'Not now.'],
  ] as const)('that has %j as its chatSystemError is a refusal', ([said, code, message]) => {
    expect(jsonOf(read, { chatSystemError: said }).systemError).toEqual({ code, message });
  });

  test('whose chatSystemError is null is none', () => {
    expect(jsonOf(read, { chatSystemError: null }).systemError).toBeNull();
  });

  test.for(['ACCESS_DENIED', 'UNKNOWN_EXCEPTION', 'BAD_REQUEST', 'INTERNAL_SERVER_ERROR'])(
    'names %s wherever it stands',
    (code) => {
      const bodies = [
        JSON.stringify({ exceptionCode: code }),
        JSON.stringify({ message: `Error: ${code}` }),
        JSON.stringify({ error: { reason: [code] } }),
        JSON.stringify({ exceptionCode: 'HTTP_403', message: code }),
        `<h1>${code}</h1>`,
        `Error: ${code}`,
      ];
      for (const body of bodies) expect(read(body), body).toMatchObject({ code });
    },
  );

  test('names a code of its own where it names none that is known', () => {
    expect(jsonOf(read, { exceptionCode: 'CONFLICT' })).toMatchObject({
      code: 'CONFLICT',
      errorCode: 'CONFLICT',
    });
  });

  test.for(['exceptionCode', 'errorCondition', 'o:errorCode'])('names the code in %s', (field) => {
    expect(jsonOf(read, { [field]: 'GONE' })).toMatchObject({ code: 'GONE', errorCode: 'GONE' });
  });

  test('names the code of the field for it before one that is only mentioned', () => {
    const fields = { message: 'Not a BAD_REQUEST', exceptionCode: 'ACCESS_DENIED' };
    expect(jsonOf(read, fields).code).toBe('ACCESS_DENIED');
  });

  test('takes no code for another that only ends alike', () => {
    expect(jsonOf(read, { message: 'NO_ACCESS_DENIED_HERE' }).code).toBeNull();
  });

  test.for([
    [{ message: 'Not now.', detail: 'Because.' }, 'Not now.'],
    [{ detail: 'Because.' }, 'Because.'],
    [{ text: 'Gone.' }, 'Gone.'],
    [{ message: '', detail: 'Because.' }, 'Because.'],
    [{ message: 7, detail: {} }, null],
  ] as const)('with %j says %j', ([fields, message]) => {
    expect(jsonOf(read, fields).message).toBe(message);
  });

  test('is read without fail, whatever text it is', () => {
    const chaff = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.string().map((text) => `{"chatSystemError":${text}}`),
    );
    fc.assert(
      fc.property(chaff, (body) => {
        expect(read(body).kind).toBeTypeOf('string');
      }),
    );
  });

  test('is read without fail, whatever its known fields hold', () => {
    const junk = fc.dictionary(
      fc.constantFrom(
        'chatSystemError',
        'serviceStartTime',
        'serviceFinishTime',
        'clientId',
        'clientIdString',
        'sequenceNumber',
        'sequenceNumberString',
        'clientTransactionId',
        'exceptionCode',
        'message',
        'detail',
        '__proto__',
      ),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(junk, (fields) => {
        expect(read(JSON.stringify(fields)).kind).toBe('json');
      }),
    );
  });
});
