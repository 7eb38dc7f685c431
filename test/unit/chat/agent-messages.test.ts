import { describe, expect, test } from 'vitest';
import { NO_NEWS, readNews } from '../../../main/chat/agent-messages.ts';
import fc from '../../support/property.ts';

const POOL = { name: 'CHAT_CLUSTER_POOL_ID', value: '298:2' };
const NOTHING = NO_NEWS;
const SOMETHING = { ...NO_NEWS, hasNews: true };
const MOVED = { ...SOMETHING, pool: '298:2' };

describe('messages', () => {
  test.each([
    ['that nothing has happened', { ChatGetTimeout: {} }, NOTHING],
    ['that nothing has happened, with nothing in it', { ChatGetTimeout: null }, NOTHING],
    ['that nothing has happened, named by a field', { type: 'ChatGetTimeout' }, NOTHING],
    ['of a new pool', { ChatConfigChangeNotification: POOL }, MOVED],
    [
      'of a new pool, named by a field',
      { messageType: 'ChatConfigChangeNotification', ...POOL },
      MOVED,
    ],
    [
      'of another thing in the configuration',
      { ChatConfigChangeNotification: { name: 'ABSENT_INTERVAL', value: '120' } },
      SOMETHING,
    ],
    [
      'of a pool that is nothing',
      { ChatConfigChangeNotification: { ...POOL, value: ' ' } },
      SOMETHING,
    ],
    [
      'of a pool with half a character, which no URL can hold (A10)',
      { ChatConfigChangeNotification: { ...POOL, value: '\ud800' } },
      { ...SOMETHING, refused: { field: 'pool', problem: 'not-ascii' } },
    ],
    [
      'of a pool with a line break',
      { ChatConfigChangeNotification: { ...POOL, value: '298:2\r\nX-Evil: 1' } },
      { ...SOMETHING, refused: { field: 'pool', problem: 'not-ascii' } },
    ],
    ['for the console', { ChatMessage: { text: 'Hello' } }, SOMETHING],
    [
      'that offers a chat',
      { ChatEngagementAssignmentNotification: { engagementId: 4 } },
      { ...SOMETHING, offersChat: true },
    ],
    [
      'that offers a chat, named by a field',
      { messageType: 'AssignmentOffer', engagementId: 4 },
      { ...SOMETHING, offersChat: true },
    ],
    [
      'that speaks of an assignment',
      { ChatMessage: { text: 'Assignment' }, text: 'Assignment' },
      SOMETHING,
    ],
    [
      'of a fault of the session',
      { ChatSystemError: { errorCondition: 'SESSION', text: 'gone', type: 'ERROR' } },
      { ...SOMETHING, systemError: 'SESSION: gone' },
    ],
    ['of a fault without words', { ChatSystemError: null }, { ...SOMETHING, systemError: '' }],
  ])('%s', (_name, message, news) => {
    expect(readNews({ getResponseTypes: [message] })).toEqual(news);
  });

  test.each(['29 8', 'x'.repeat(513), '２９８'])(
    'of a pool that no URL can carry name none: %j',
    (value) => {
      const message = { ChatConfigChangeNotification: { ...POOL, value } };
      expect(readNews({ getResponseTypes: [message] })).toMatchObject({
        pool: null,
        refused: { field: 'pool' },
      });
    },
  );

  test('of a fault say no secret', () => {
    const message = { ChatSystemError: { errorCondition: 'SESSION', text: 'node0secret is gone' } };
    const { systemError } = readNews({ getResponseTypes: [message] }, 'node0secret');
    expect(systemError).toMatch(/^SESSION: node… is gone$/);
  });

  test('count under whatever name their list stands, and beside whatever else is in it', () => {
    const list = [{ ChatGetTimeout: {} }, { ChatConfigChangeNotification: POOL }, 'what', null];
    expect(readNews({ anything: list, sessionId: 's' })).toEqual(MOVED);
    expect(readNews({ one: list, other: [{ Chat: {} }] })).toEqual(MOVED);
  });

  test('of several pools: the last counts', () => {
    const other = { ...POOL, value: '299:3' };
    const list = [POOL, other, { ...POOL, value: '' }].map((change) => ({
      ChatConfigChangeNotification: change,
    }));
    expect(readNews({ getResponseTypes: list })).toEqual({ ...SOMETHING, pool: '299:3' });
  });

  test('are none where there is no list', () => {
    expect(readNews({ sessionId: 's', getResponseTypes: null })).toEqual(NOTHING);
  });

  test('tell of something as soon as one of whatever JSON comes is no timeout', () => {
    const timeout = fc.constant({ ChatGetTimeout: {} });
    const message = fc.dictionary(fc.string(), fc.jsonValue());
    const list = fc.array(fc.oneof(timeout, message, fc.constantFrom(null, 'what', 7)));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), list, list, (reply, one, two) => {
        const news = [...one, ...two].filter(
          (item) => Object(item) === item && !JSON.stringify(item).includes('ChatGetTimeout'),
        );
        const rest = Object.entries(reply).filter(([, value]) => !Array.isArray(value));
        const all = { ...Object.fromEntries(rest), 'list one': one, 'list two': two };
        expect(readNews(all).hasNews).toBe(news.length > 0);
      }),
    );
  });
});
