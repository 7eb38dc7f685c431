import { describe, expect, test } from 'vitest';
import { readMessages } from '../../../main/chat/agent-messages.ts';
import fc from '../../support/property.ts';

const POOL = { name: 'CHAT_CLUSTER_POOL_ID', value: '298:2' };
const MOVED = { kind: 'pool-changed', pool: '298:2' };

describe('messages', () => {
  test.each([
    ['that nothing has happened', { ChatGetTimeout: {} }, { kind: 'timeout' }],
    [
      'that nothing has happened, with nothing in it',
      { ChatGetTimeout: null },
      { kind: 'timeout' },
    ],
    [
      'that nothing has happened, named by a field',
      { type: 'ChatGetTimeout' },
      { kind: 'timeout' },
    ],
    ['of a new pool', { ChatConfigChangeNotification: POOL }, MOVED],
    [
      'of a new pool, named by a field',
      { messageType: 'ChatConfigChangeNotification', ...POOL },
      MOVED,
    ],
    [
      'of another thing in the configuration',
      { ChatConfigChangeNotification: { name: 'ABSENT_INTERVAL', value: '120' } },
      { kind: 'other' },
    ],
    [
      'of a pool that is nothing',
      { ChatConfigChangeNotification: { ...POOL, value: ' ' } },
      { kind: 'other' },
    ],
    ['for the console', { ChatEngagementAssignment: { engagementId: 4 } }, { kind: 'other' }],
  ])('%s', (_name, message, read) => {
    expect(readMessages({ getResponseTypes: [message] })).toEqual([read]);
  });

  test('come in their order, under whatever name their list stands', () => {
    const list = [{ ChatGetTimeout: {} }, { ChatConfigChangeNotification: POOL }, 'what', null];
    expect(readMessages({ anything: list, sessionId: 's' })).toEqual([{ kind: 'timeout' }, MOVED]);
  });

  test('are none where there is no list', () => {
    expect(readMessages({ sessionId: 's', getResponseTypes: null })).toEqual([]);
  });

  test('are as many as there are objects in the lists of whatever JSON comes', () => {
    const message = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('ChatGetTimeout', 'ChatConfigChangeNotification')),
      fc.jsonValue(),
    );
    const list = fc.array(fc.oneof(message, fc.constantFrom(null, 'what', 7)));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), list, list, (reply, one, two) => {
        const objects = [...one, ...two].filter((item) => Object(item) === item);
        const rest = Object.entries(reply).filter(([, value]) => !Array.isArray(value));
        const all = { ...Object.fromEntries(rest), 'list one': one, 'list two': two };
        expect(readMessages(all)).toHaveLength(objects.length);
      }),
    );
  });
});
