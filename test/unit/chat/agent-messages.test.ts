import { describe, expect, test } from 'vitest';
import { readNews } from '../../../main/chat/agent-messages.ts';
import fc from '../../support/property.ts';

const POOL = { name: 'CHAT_CLUSTER_POOL_ID', value: '298:2' };
const NOTHING = { hasNews: false, pool: null };
const SOMETHING = { hasNews: true, pool: null };
const MOVED = { hasNews: true, pool: '298:2' };

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
    ['for the console', { ChatEngagementAssignment: { engagementId: 4 } }, SOMETHING],
  ])('%s', (_name, message, news) => {
    expect(readNews({ getResponseTypes: [message] })).toEqual(news);
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
    expect(readNews({ getResponseTypes: list })).toEqual({ hasNews: true, pool: '299:3' });
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
