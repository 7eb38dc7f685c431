import { describe, expect, test } from 'vitest';
import { signOffCauseSchema } from '../../../main/results/receipt.ts';
import { type Settings, settingsSchema } from '../../../main/settings/schema.ts';
import {
  createNotifications,
  type NotificationText,
  type Destination,
} from '../../../main/shell/notifications.ts';
import { wordsFor } from '../../../words/words.ts';
import { endedByServer } from '../../support/ended-by-server.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { failedReceipt, receipt } from '../../support/receipts.ts';

const MINUTE = 60_000;

/** Notifications on a desktop that takes note of them. */
function onDesktop(settings: Partial<Settings> = {}) {
  const clock = createFakeClock();
  const shown: NotificationText[] = [];
  const clicks: (() => void)[] = [];
  const opened: Destination[] = [];
  const situation = { isWindowFocused: false, isSigningOff: false, over: '' };
  const told = new Set<string>();
  const notifications = createNotifications({
    show: (text, onClick) => {
      shown.push(text);
      clicks.push(onClick);
    },
    open: (place) => opened.push(place),
    words: () => wordsFor('en'),
    settings: () => ({ ...settingsSchema.parse({}), ...settings }),
    isWindowFocused: () => situation.isWindowFocused,
    isHeld: (heldId) => heldId !== situation.over,
    isSigningOff: () => situation.isSigningOff,
    memory: { get: (key) => told.has(key), set: (key) => void told.add(key) },
    clock,
  });
  return {
    notifications,
    clock,
    situation,
    titles: () => shown.map(({ title }) => title),
    bodies: () => shown.map(({ body }) => body),
    /** Where a click on the first leads. */
    click: () => {
      clicks[0]?.();
      return opened;
    },
  };
}

describe('a chat that is offered', () => {
  const session = { id: 'held-1', kind: 'agent', label: 'Front desk' } as const;

  test('is told of, and again only a minute later', async () => {
    const { notifications, clock, titles, bodies } = onDesktop();
    notifications.chatOffered(session);
    notifications.chatOffered(session);
    expect(titles()).toEqual(['Front desk: a chat is offered to you']);
    expect(bodies()[0]).not.toContain('unavailable');
    await clock.advance(MINUTE);
    notifications.chatOffered(session);
    expect(titles()).toHaveLength(2);
  });

  test('is told of with what IT has done then', () => {
    const { notifications, bodies } = onDesktop({ onChatOffered: 'unavailable' });
    notifications.chatOffered(session);
    expect(bodies()[0]).toContain('You were set unavailable.');
  });

  test('is not told of where the agent wants no such notifications', () => {
    const { notifications, titles } = onDesktop({ notifyOutcomes: false });
    notifications.chatOffered(session);
    expect(titles()).toEqual([]);
  });
});

describe('what could not be ended', () => {
  const stuck = failedReceipt({ cause: 'idle', heldId: 'held-1', label: 'Front desk' });

  test('is told of by its name', async () => {
    const { notifications, clock, titles } = onDesktop();
    notifications.signedOff(stuck);
    await clock.advance(MINUTE);
    expect(titles()).toEqual(['Front desk could not be signed off']);
  });

  test('is told of with how it ended', async () => {
    const { notifications, clock, bodies } = onDesktop();
    notifications.signedOff(stuck);
    await clock.advance(MINUTE);
    expect(bodies()).toEqual(['Refused by the server. It is still held.']);
  });

  test('is called by its kind where it has no label', async () => {
    const { notifications, clock, titles } = onDesktop();
    notifications.signedOff({ ...stuck, label: ' ' });
    await clock.advance(MINUTE);
    expect(titles()).toEqual(['Agent session could not be signed off']);
  });

  test('is told of once more where it is let go', async () => {
    const { notifications, clock, titles, bodies } = onDesktop();
    const unconfirmed = { ...stuck, outcome: 'unconfirmed' } as const;
    notifications.signedOff(unconfirmed);
    await clock.advance(MINUTE);
    notifications.signedOff({ ...unconfirmed, letGo: true });
    await clock.advance(MINUTE);
    expect(titles()).toEqual(['Front desk could not be signed off', 'Front desk is held no more']);
    expect(bodies()[0]).toBe('Not confirmed. It is still held.');
  });

  test('is told of where a newer session has replaced it', () => {
    const { notifications, titles } = onDesktop();
    notifications.signedOff({ ...stuck, cause: 'replaced', outcome: 'unconfirmed', letGo: true });
    expect(titles()).toEqual(['Front desk was replaced']);
  });

  test('is where a click leads', async () => {
    const { notifications, clock, click } = onDesktop();
    notifications.signedOff(stuck);
    await clock.advance(MINUTE);
    expect(click()).toEqual([{ view: 'sessions', id: 'held-1' }]);
  });

  test('is told of at once where many are, fifty in one', async () => {
    const { notifications, clock, titles } = onDesktop();
    for (let n = 0; n < 50; n += 1) notifications.signedOff({ ...stuck, heldId: `held-${n}` });
    await clock.advance(MINUTE);
    expect(titles()).toEqual(['50 sessions could not be signed off']);
  });

  test('leads to all of them where many are', async () => {
    const { notifications, clock, click } = onDesktop();
    for (const heldId of ['a', 'b']) notifications.signedOff({ ...stuck, heldId });
    await clock.advance(MINUTE);
    expect(click()).toEqual([{ view: 'sessions', id: null }]);
  });

  test('waits for the others of the same sign-off', async () => {
    const { notifications, clock, situation, titles } = onDesktop();
    situation.isSigningOff = true;
    notifications.signedOff({ ...stuck, heldId: 'a' });
    await clock.advance(9_000);
    notifications.signedOff({ ...stuck, heldId: 'b' });
    situation.isSigningOff = false;
    await clock.advance(MINUTE);
    expect(titles()).toEqual(['2 sessions could not be signed off']);
  });

  test('is not told of once a later try has ended it', async () => {
    const { notifications, clock, situation, titles } = onDesktop();
    notifications.signedOff({ ...stuck, heldId: 'a', label: 'Ended since' });
    notifications.signedOff({ ...stuck, heldId: 'b', label: 'Front desk' });
    situation.over = 'a';
    await clock.advance(MINUTE);
    expect(titles()).toEqual(['Front desk could not be signed off']);
  });

  test('is told of once, however often it is tried again by itself', async () => {
    const { notifications, clock, titles } = onDesktop();
    for (let n = 0; n < 5; n += 1) {
      notifications.signedOff({ ...stuck, outcome: 'unreachable' });
      await clock.advance(MINUTE);
    }
    expect(titles()).toHaveLength(1);
  });

  test('is told of anew after it was over and handed in again', async () => {
    const { notifications, clock, titles } = onDesktop();
    for (const each of [stuck, receipt({ cause: 'idle', heldId: 'held-1' }), stuck]) {
      notifications.signedOff(each);
      await clock.advance(MINUTE);
    }
    expect(titles()).toHaveLength(2);
  });

  test('is not told of to an agent who asked and looks at the window', async () => {
    const { notifications, clock, situation, titles } = onDesktop();
    situation.isWindowFocused = true;
    notifications.signedOff({ ...stuck, cause: 'asked' });
    await clock.advance(MINUTE);
    expect(titles()).toEqual([]);
  });

  test('is told of to an agent who asked and looks elsewhere, each time', async () => {
    const { notifications, clock, titles } = onDesktop();
    for (let n = 0; n < 2; n += 1) {
      notifications.signedOff({ ...stuck, cause: 'asked' });
      await clock.advance(MINUTE);
    }
    expect(titles()).toHaveLength(2);
  });

  test('for another cause is told of to an agent who looks at the window', async () => {
    const { notifications, clock, situation, titles } = onDesktop();
    situation.isWindowFocused = true;
    notifications.signedOff(stuck);
    await clock.advance(MINUTE);
    expect(titles()).toHaveLength(1);
  });

  test('is not told of where the agent wants none', async () => {
    const { notifications, clock, titles } = onDesktop({ notifyOutcomes: false });
    notifications.signedOff(stuck);
    await clock.advance(MINUTE);
    expect(titles()).toEqual([]);
  });
});

describe('a session that was ended', () => {
  test.each(signOffCauseSchema.exclude(['leftover']).options)(
    'because of %s is no news',
    async (cause) => {
      const { notifications, clock, titles } = onDesktop();
      notifications.signedOff(receipt({ cause }));
      await clock.advance(MINUTE);
      expect(titles()).toEqual([]);
    },
  );

  test('as a leftover is told of by its name', async () => {
    const { notifications, clock, titles } = onDesktop();
    notifications.signedOff(receipt({ cause: 'leftover', label: 'Front desk' }));
    await clock.advance(MINUTE);
    expect(titles()).toEqual(['Front desk was signed off']);
  });

  test('as a leftover leads to its receipt', async () => {
    const { notifications, clock, click } = onDesktop();
    const ended = receipt({ cause: 'leftover', id: 'receipt-7' });
    notifications.signedOff(ended);
    await clock.advance(MINUTE);
    expect(click()).toEqual([{ view: 'results', receipt: ended }]);
  });

  test('as one leftover of several is told of with them', async () => {
    const { notifications, clock, titles } = onDesktop();
    for (const id of ['a', 'b']) notifications.signedOff(receipt({ cause: 'leftover', id }));
    await clock.advance(MINUTE);
    expect(titles()).toEqual(['2 sessions were signed off']);
  });

  test('as one leftover of several leads to the results', async () => {
    const { notifications, clock, click } = onDesktop();
    for (const id of ['a', 'b']) notifications.signedOff(receipt({ cause: 'leftover', id }));
    await clock.advance(MINUTE);
    expect(click()).toEqual([{ view: 'results', receipt: null }]);
  });

  test('as a leftover is not told of where the agent wants none', async () => {
    const { notifications, clock, titles } = onDesktop({ notifyOutcomes: false });
    notifications.signedOff(receipt({ cause: 'leftover' }));
    await clock.advance(MINUTE);
    expect(titles()).toEqual([]);
  });
});

describe('a session that was handed in from outside', () => {
  const session = { id: 'held-1', kind: 'engagement', label: 'Visitor' } as const;

  test('is told of by its name', async () => {
    const { notifications, clock, titles } = onDesktop();
    notifications.handedIn(session);
    await clock.advance(MINUTE);
    expect(titles()).toEqual(['Visitor is held']);
  });

  test('is where a click leads', async () => {
    const { notifications, clock, click } = onDesktop();
    notifications.handedIn(session);
    await clock.advance(MINUTE);
    expect(click()).toEqual([{ view: 'sessions', id: 'held-1' }]);
  });

  test('with others is told of in one', async () => {
    const { notifications, clock, titles } = onDesktop();
    for (let n = 0; n < 50; n += 1) notifications.handedIn({ ...session, id: `held-${n}` });
    await clock.advance(MINUTE);
    expect(titles()).toEqual(['50 sessions are held']);
  });

  test('twice is one', async () => {
    const { notifications, clock, titles } = onDesktop();
    notifications.handedIn(session);
    notifications.handedIn(session);
    await clock.advance(MINUTE);
    expect(titles()).toEqual(['Visitor is held']);
  });

  test('is told of while others are signed off', async () => {
    const { notifications, clock, situation, titles } = onDesktop();
    situation.isSigningOff = true;
    notifications.handedIn(session);
    await clock.advance(2_000);
    expect(titles()).toHaveLength(1);
  });

  test('is not told of where the agent wants none', async () => {
    const { notifications, clock, titles } = onDesktop({ notifyHandIns: false });
    notifications.handedIn(session);
    await clock.advance(MINUTE);
    expect(titles()).toEqual([]);
  });
});

describe('a session that the server ended by itself', () => {
  test('is told of, and leads to its receipt', () => {
    const { notifications, titles, click } = onDesktop();
    const ended = endedByServer({ id: 'receipt-1', label: 'Ann' });
    notifications.signedOff(ended);
    expect(titles()).toEqual(['Ann was ended by the server']);
    expect(click()).toEqual([{ view: 'results', receipt: ended }]);
  });

  test('is not told of where the agent wants none', () => {
    const { notifications, titles } = onDesktop({ notifyOutcomes: false });
    notifications.signedOff(endedByServer());
    expect(titles()).toEqual([]);
  });
});

describe('a server that cannot be reached to keep an agent present', () => {
  const ann = { id: 'held-1', kind: 'agent', label: 'Ann' } as const;

  test('is told of when it has lasted for half a minute, once', async () => {
    const { notifications, clock, titles, click } = onDesktop();
    notifications.presenceChanged(ann, 'reconnecting');
    await clock.advance(29_999);
    expect(titles()).toEqual([]);
    notifications.presenceChanged(ann, 'reconnecting');
    await clock.advance(1);
    notifications.presenceChanged(ann, 'dropped');
    await clock.advance(MINUTE);
    expect(titles()).toEqual(['Ann: the server cannot be reached']);
    expect(click()).toEqual([{ view: 'sessions', id: 'held-1' }]);
  });

  test.each(['present', null] as const)('is not told of where soon it is %s', async (state) => {
    const { notifications, clock, titles } = onDesktop();
    notifications.presenceChanged(ann, 'reconnecting');
    await clock.advance(20_000);
    notifications.presenceChanged(ann, state);
    await clock.advance(MINUTE);
    expect(titles()).toEqual([]);
  });

  test('is told of anew once it had been reached', async () => {
    const { notifications, clock, titles } = onDesktop();
    for (const state of ['reconnecting', 'present', 'reconnecting'] as const) {
      notifications.presenceChanged(ann, state);
      await clock.advance(MINUTE);
    }
    expect(titles()).toHaveLength(2);
  });

  test('is not told of where the agent wants none', async () => {
    const { notifications, clock, titles } = onDesktop({ notifyOutcomes: false });
    notifications.presenceChanged(ann, 'reconnecting');
    await clock.advance(MINUTE);
    expect(titles()).toEqual([]);
  });
});

describe('an agent whose status was not changed', () => {
  const ann = { id: 'held-1', kind: 'agent', label: 'Ann' } as const;
  const ben = { ...ann, id: 'held-2', label: 'Ben' };

  test('is told of with the problem, and leads to the session', async () => {
    const { notifications, clock, titles, bodies, click } = onDesktop();
    notifications.activityNotChanged(ann, 'A chat is open.');
    await clock.advance(MINUTE);
    expect([titles(), bodies()]).toEqual([['Ann: status not changed'], ['A chat is open.']]);
    expect(click()).toEqual([{ view: 'sessions', id: 'held-1' }]);
  });

  test('is told of with the newest problem of a burst', async () => {
    const { notifications, clock, bodies } = onDesktop();
    notifications.activityNotChanged(ann, 'A chat is open.');
    notifications.activityNotChanged(ann, 'No answer in time.');
    await clock.advance(MINUTE);
    expect(bodies()).toEqual(['No answer in time.']);
  });

  test('is told of with others in one, with each problem once', async () => {
    const { notifications, clock, titles, bodies, click } = onDesktop();
    notifications.activityNotChanged(ann, 'A chat is open.');
    notifications.activityNotChanged(ben, 'A chat is open.');
    await clock.advance(MINUTE);
    expect([titles(), bodies()]).toEqual([['Status of 2 agents not changed'], ['A chat is open.']]);
    expect(click()).toEqual([{ view: 'sessions', id: null }]);
  });

  test('is not told of where the agent wants none', async () => {
    const { notifications, clock, titles } = onDesktop({ notifyOutcomes: false });
    notifications.activityNotChanged(ann, 'A chat is open.');
    await clock.advance(MINUTE);
    expect(titles()).toEqual([]);
  });
});

describe('a shutdown that was called off', () => {
  const ANN = { id: 'a', kind: 'agent', label: 'Ann' } as const;
  const BEN = { ...ANN, id: 'b', label: 'Ben' } as const;
  const CARL = { id: 'c', kind: 'engagement', label: 'Carl' } as const;

  test.each([
    [[ANN], 'Signoff had already ended 1 session. Sign in again to go on.'],
    [[ANN, BEN, CARL], 'Signoff had already ended 3 sessions. Sign in again to go on.'],
    [[CARL], 'Signoff had already ended 1 session.'],
  ])('is told of at once, with what to do (%#)', (sessions, body) => {
    const { notifications, titles, bodies } = onDesktop();
    notifications.shutdownCalledOff(sessions);
    expect([titles(), bodies()]).toEqual([['The shutdown was called off'], [body]]);
  });

  test('leads to the sessions, where the way back is', () => {
    const { notifications, click } = onDesktop();
    notifications.shutdownCalledOff([ANN]);
    expect(click()).toEqual([{ view: 'sessions', id: null }]);
  });

  test('is not told of where that is switched off', () => {
    const { notifications, titles } = onDesktop({ notifyOutcomes: false });
    notifications.shutdownCalledOff([ANN]);
    expect(titles()).toEqual([]);
  });
});

describe('what is told of at once, whatever is switched off', () => {
  const OFF = { notifyOutcomes: false, notifyHandIns: false };

  test('is the question about leftovers', () => {
    const { notifications, titles } = onDesktop(OFF);
    notifications.asksAboutLeftovers(2);
    expect(titles()).toEqual(['Are you still at work?']);
  });

  test('is the question about a browser console, which names it and leads to the sessions', () => {
    const { notifications, bodies, click } = onDesktop(OFF);
    notifications.asksAboutOrigin('https://console.example.com');
    expect(bodies()[0]).toContain('https://console.example.com');
    expect(click()).toEqual([{ view: 'sessions', id: null }]);
  });

  test('is that Signoff stays in the tray', () => {
    const { notifications, titles } = onDesktop(OFF);
    notifications.windowClosed();
    expect(titles()).toEqual(['Signoff is still running']);
  });
});

test('that Signoff stays in the tray is told the first time only', () => {
  const { notifications, titles } = onDesktop();
  notifications.windowClosed();
  notifications.windowClosed();
  expect(titles()).toHaveLength(1);
});
