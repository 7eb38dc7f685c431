import { describe, expect, test } from 'vitest';
import {
  nextCountdownStep,
  type TrayItem,
  trayMenu,
  trayStatus,
  trayTooltip,
} from '../../../main/shell/tray/tray-menu.ts';
import type { EndedView, HeldView, State } from '../../../preload/contract.ts';
import { wordsFor } from '../../../words/words.ts';
import { endedView, heldView, windowState } from '../../support/window-state.ts';

const NOW = Date.UTC(2026, 10, 20, 14, 30);
const words = wordsFor('en');
const ENDING: HeldView['ending'] = {
  cause: 'asked',
  forced: false,
  attempt: 1,
  deadline: NOW + 10_000,
  budgetMs: 10_000,
};
const FAILED: HeldView['lastFailure'] = {
  outcome: 'timed-out',
  code: '',
  message: '',
  answeredBy: null,
};

const menu = (held: readonly HeldView[], asksAboutLeftover = false) => {
  const leftoverQuestion = { ids: held.map(({ id }) => id), deadline: NOW + 60_000 };
  const state = { held: [...held], leftoverQuestion: asksAboutLeftover ? leftoverQuestion : null };
  return trayMenu(words, windowState(state), NOW);
};
const tooltip = (held: readonly HeldView[]): string =>
  trayTooltip(words, windowState({ held: [...held] }), NOW);
const mood = (held: readonly HeldView[]) => trayStatus(windowState({ held: [...held] }));
const countsIn = (held: readonly HeldView[]) =>
  nextCountdownStep(windowState({ held: [...held] }), NOW);

const sessions = (count: number): HeldView[] =>
  Array.from({ length: count }, (_, n) => heldView({ id: `id-${n}`, label: `Session ${n}` }));

const labels = (held: readonly HeldView[]): string[] =>
  menu(held).map((item) => (item.kind === 'separator' ? '—' : item.label));

/** The items that can be chosen. */
const enabled = (held: readonly HeldView[]): string[] =>
  menu(held).flatMap((item) => (item.kind === 'action' && item.enabled ? [item.label] : []));

describe('the menu', () => {
  test('tells what other machines hold, which the window is for', () => {
    const elsewhere = ['FRONT-07', 'R&D-1'].map((host) => ({ host, since: NOW, held: null }));
    expect(trayMenu(words, windowState({ elsewhere }), NOW)).toEqual([
      { kind: 'text', label: 'Nothing held' },
      {
        kind: 'action',
        label: 'Sign off all',
        enabled: false,
        action: { kind: 'sign-off', ids: 'all' },
      },
      { kind: 'separator' },
      { kind: 'action', label: 'Held by FRONT-07…', enabled: true, action: { kind: 'open' } },
      { kind: 'action', label: 'Held by R&&D-1…', enabled: true, action: { kind: 'open' } },
      { kind: 'separator' },
      { kind: 'action', label: 'Open Signoff', enabled: true, action: { kind: 'open' } },
      { kind: 'action', label: 'Quit and sign off', enabled: true, action: { kind: 'quit' } },
    ]);
  });

  test('with nothing held offers to open and to quit', () => {
    expect(labels([])).toEqual([
      'Nothing held',
      'Sign off all',
      '—',
      'Open Signoff',
      'Quit and sign off',
    ]);
    expect(enabled([])).toEqual(['Open Signoff', 'Quit and sign off']);
  });

  test('with one session held, whole', () => {
    expect(menu(sessions(1))).toEqual([
      { kind: 'text', label: '1 session held' },
      {
        kind: 'action',
        label: 'Sign off Session 0',
        enabled: true,
        action: { kind: 'sign-off', ids: ['id-0'] },
      },
      {
        kind: 'action',
        label: 'Sign off all',
        enabled: true,
        action: { kind: 'sign-off', ids: 'all' },
      },
      { kind: 'separator' },
      { kind: 'action', label: 'Open Signoff', enabled: true, action: { kind: 'open' } },
      { kind: 'action', label: 'Quit and sign off', enabled: true, action: { kind: 'quit' } },
    ]);
  });

  test('lists two sessions, each with its own sign-off', () => {
    expect(menu(sessions(2)).slice(0, 3)).toMatchObject([
      { label: '2 sessions held' },
      { label: 'Sign off Session 0', action: { ids: ['id-0'] } },
      { label: 'Sign off Session 1', action: { ids: ['id-1'] } },
    ]);
  });

  test('of thirty sessions lists ten, and counts the others', () => {
    const all = labels(sessions(30));
    expect(all[0]).toBe('30 sessions held');
    expect(all.slice(1, 11)).toEqual(Array.from({ length: 10 }, (_, n) => `Sign off Session ${n}`));
    expect(all.slice(11)).toEqual([
      'and 20 more',
      'Sign off all',
      '—',
      'Open Signoff',
      'Quit and sign off',
    ]);
  });

  test('counts no others where all are listed', () => {
    expect(labels(sessions(10)).slice(10, 12)).toEqual(['Sign off Session 9', 'Sign off all']);
  });

  test('says of a session under way that it is, and does not offer it again', () => {
    const [first, second] = sessions(2);
    if (first === undefined || second === undefined) throw new Error('two sessions');
    const held = [{ ...first, ending: ENDING }, second];
    expect(labels(held)[1]).toBe('Signing off Session 0…');
    expect(enabled(held)).toEqual([
      'Sign off Session 1',
      'Sign off all',
      'Open Signoff',
      'Quit and sign off',
    ]);
  });

  test('does not offer to sign off all while all are under way', () => {
    const underWay = sessions(3).map((session) => ({ ...session, ending: ENDING }));
    expect(enabled(underWay)).toEqual(['Open Signoff', 'Quit and sign off']);
  });

  test('offers to sign off all for the sake of one that is not listed', () => {
    const held = sessions(11).map((session, n) => ({
      ...session,
      ending: n === 10 ? null : ENDING,
    }));
    expect(enabled(held)).toContain('Sign off all');
  });

  test('shows an ampersand as one, where a menu would take it for a shortcut’s mark', () => {
    const held = sessions(1).map((session) => ({ ...session, label: 'Miller & Sons' }));
    expect(labels(held)[1]).toBe('Sign off Miller && Sons');
  });

  test('calls a session without a label by what tells it apart', () => {
    const [agent, engagement] = sessions(2).map((session) => ({ ...session, label: '' }));
    if (agent === undefined || engagement === undefined) throw new Error('two sessions');
    const held = [agent, { ...engagement, kind: 'engagement' as const, accountId: null }];
    expect(labels(held).slice(1, 3)).toEqual(['Sign off Agent 12', 'Sign off Engagement node…']);
  });
});

describe('the menu while it is asked about what a crash left over', () => {
  test('has the question and both answers on top, whole', () => {
    expect(menu(sessions(1), true).slice(0, 4)).toEqual([
      { kind: 'text', label: 'Signoff stopped unexpectedly. Are you still at work?' },
      {
        kind: 'action',
        label: 'Keep holding',
        enabled: true,
        action: { kind: 'answer-leftover', answer: 'keep' },
      },
      {
        kind: 'action',
        label: 'Sign off now',
        enabled: true,
        action: { kind: 'answer-leftover', answer: 'sign-off' },
      },
      { kind: 'separator' },
    ]);
  });

  test('has all else below, unchanged', () => {
    expect(menu(sessions(3), true).slice(4)).toEqual(menu(sessions(3), false));
  });

  test('can be answered even while every session is being ended already', () => {
    const underWay = sessions(2).map((session) => ({ ...session, ending: ENDING }));
    const answers = menu(underWay, true).filter(
      (item) => item.kind === 'action' && item.action.kind === 'answer-leftover' && item.enabled,
    );
    expect(answers).toHaveLength(2);
  });
});

test('the menu has no answers where nothing is asked', () => {
  const kinds = menu(sessions(1)).flatMap((item) =>
    item.kind === 'action' ? [item.action.kind] : [],
  );
  expect(kinds).not.toContain('answer-leftover');
});

test.each([
  [0, 'Signoff: nothing held'],
  [1, 'Signoff: 1 session held'],
  [30, 'Signoff: 30 sessions held'],
])('the tooltip for %d', (held, text) => {
  expect(tooltip(sessions(held))).toBe(text);
});

describe('what could not be ended', () => {
  const [first, second] = sessions(2);
  const held = [first, second].flatMap((one, n) =>
    one ? [{ ...one, lastFailure: n === 0 ? FAILED : null }] : [],
  );

  test('is counted in the menu', () => {
    expect(labels(held).slice(0, 2)).toEqual(['2 sessions held', '1 could not be ended']);
  });

  test('is counted in the tooltip', () => {
    expect(tooltip(held)).toBe('Signoff: 2 sessions held\n1 could not be ended');
  });

  test('gives the icon another shape', () => {
    expect([sessions(0), sessions(2), held].map(mood)).toEqual(['idle', 'holding', 'failed']);
  });
});

test('the menu is in the agent’s language', () => {
  expect(trayMenu(wordsFor('de'), windowState({ held: sessions(2) }), NOW)[0]).toEqual({
    kind: 'text',
    label: '2 Sitzungen gehalten',
  });
});

describe('a session that was started here', () => {
  const REASONS = [
    { id: 2, name: 'Lunch' },
    { id: 3, name: 'Q & A' },
  ];
  const started = (differences: Partial<HeldView> = {}): HeldView[] =>
    sessions(1).map((session) => ({
      ...session,
      presence: { state: 'present', dropsAt: null },
      activity: { value: 'available', reason: null, changing: false, problem: null },
      ...differences,
    }));
  const submenu = (held: readonly HeldView[], unavailableReasons = REASONS): TrayItem => {
    const state = windowState({ held: [...held], unavailableReasons });
    const found = trayMenu(words, state, NOW).find(({ kind }) => kind === 'submenu');
    if (found === undefined) throw new Error('There is no submenu.');
    return found;
  };
  const dropsAt = NOW + 185_000;

  test('can be set available and unavailable, whole', () => {
    expect(submenu(started(), [])).toEqual({
      kind: 'submenu',
      label: 'Session 0: Available',
      items: [
        {
          kind: 'choice',
          label: 'Available',
          checked: true,
          enabled: true,
          action: { kind: 'set-activity', id: 'id-0', value: 'available', reason: null },
        },
        {
          kind: 'choice',
          label: 'Unavailable',
          checked: false,
          enabled: true,
          action: { kind: 'set-activity', id: 'id-0', value: 'unavailable', reason: null },
        },
      ],
    });
  });

  test('can be set unavailable for each reason that there is', () => {
    expect(submenu(started())).toMatchObject({
      items: [
        { label: 'Available' },
        { label: 'Unavailable: Lunch', action: { value: 'unavailable', reason: 2 } },
        { label: 'Unavailable: Q && A', action: { value: 'unavailable', reason: 3 } },
      ],
    });
  });

  test('can be set available for each kind that there is, where there are several', () => {
    const kinds = [
      { id: 4, name: 'Chats only' },
      { id: 5, name: 'All' },
    ];
    const activity = { value: 'available', reason: 5, changing: false, problem: null } as const;
    const submenuFor = (availableKinds: typeof kinds) =>
      trayMenu(words, windowState({ held: started({ activity }), availableKinds }), NOW).find(
        ({ kind }) => kind === 'submenu',
      );
    expect(submenuFor(kinds)).toMatchObject({
      label: 'Session 0: Available: All',
      items: [
        { label: 'Available: Chats only', checked: false, action: { reason: 4 } },
        { label: 'Available: All', checked: true, action: { value: 'available', reason: 5 } },
        { label: 'Unavailable' },
      ],
    });
    expect(submenuFor(kinds.slice(1))).toMatchObject({
      label: 'Session 0: Available',
      items: [{ label: 'Available', action: { reason: null } }, { label: 'Unavailable' }],
    });
  });

  test('says which reason it is unavailable for', () => {
    const activity = { value: 'unavailable', reason: 2, changing: false, problem: null } as const;
    expect(submenu(started({ activity }))).toMatchObject({
      label: 'Session 0: Unavailable: Lunch',
      items: [{ checked: false }, { checked: true }, { checked: false }],
    });
  });

  test('has nothing checked while its status is not known', () => {
    const activity = { value: 'unknown', reason: null, changing: false, problem: null } as const;
    expect(submenu(started({ activity }))).toMatchObject({
      label: 'Session 0: Status not known',
      items: [{ checked: false }, { checked: false }, { checked: false }],
    });
  });

  test.each([
    [
      'its status is being changed',
      { activity: { value: 'available', reason: null, changing: true, problem: null } },
    ],
    ['it is being ended', { ending: ENDING }],
  ] as const)('cannot be set while %s', (_, differences) => {
    expect(submenu(started(differences), [])).toMatchObject({
      items: [{ enabled: false }, { enabled: false }],
    });
  });

  test('says in the menu that it is present', () => {
    expect(labels(started())).toEqual([
      '1 session held',
      'Session 0: present',
      'Session 0: Available',
      'Sign off Session 0',
      'Sign off all',
      '—',
      'Open Signoff',
      'Quit and sign off',
    ]);
  });

  test.each([
    [{ state: 'reconnecting', dropsAt: null }, 'Session 0: reconnecting'],
    [{ state: 'reconnecting', dropsAt }, 'Session 0: reconnecting, dropped within 3:30'],
    [{ state: 'dropped', dropsAt: NOW - 1 }, 'Session 0: dropped by the server'],
  ] as const)('says that it is not present in menu and tooltip (%#)', (presence, line) => {
    const held = started({ presence });
    expect(labels(held)[1]).toBe(line);
    expect(tooltip(held).split('\n')[1]).toBe(line);
  });

  test('says nothing of its presence while it is being ended', () => {
    expect(labels(started({ ending: ENDING }))[1]).toBe('Session 0: Available');
  });

  test.each([
    [240_000, '4:00', 30_000],
    [239_999, '4:00', 29_999],
    [210_001, '4:00', 1],
    [60_000, '1:00', 30_000],
    [5_000, '0:30', 5_000],
  ])('that is dropped in %d ms counts %s, and on in %d ms', (ms, text, onIn) => {
    const held = started({ presence: { state: 'reconnecting', dropsAt: NOW + ms } });
    expect(labels(held)[1]).toBe(`Session 0: reconnecting, dropped within ${text}`);
    expect(countsIn([...sessions(1), ...held])).toBe(onIn);
  });

  test.each([
    ['present', null],
    ['reconnecting', null],
    ['dropped', NOW + 30_000],
  ] as const)('that is %s, until %s, has nothing count', (state, until) => {
    expect(countsIn(started({ presence: { state, dropsAt: until } }))).toBeNull();
  });

  test('is one of several that are not present: the tooltip counts them', () => {
    const held = [
      ...started({ presence: { state: 'dropped', dropsAt: NOW - 1 } }),
      ...started({ presence: { state: 'reconnecting', dropsAt } }),
      ...started({ presence: { state: 'reconnecting', dropsAt } }),
    ];
    expect(tooltip(held).split('\n').slice(1)).toEqual([
      '1 dropped by the server',
      '2 reconnecting',
    ]);
  });

  test.each([
    ['present', 'holding'],
    ['reconnecting', 'holding'],
    ['dropped', 'failed'],
  ] as const)('that is %s makes the mood %s', (state, expected) => {
    expect(mood(started({ presence: { state, dropsAt: null } }))).toBe(expected);
  });
});

test('a browser console that asks is on top, and leads to the window', () => {
  const originQuestion = { origin: 'https://console.example.com', deadline: NOW + 60_000 };
  const state = windowState({ held: sessions(1), originQuestion });
  expect(trayMenu(words, state, NOW).slice(0, 2)).toEqual([
    {
      kind: 'action',
      label: 'console.example.com wants to hand over sessions…',
      enabled: true,
      action: { kind: 'open' },
    },
    { kind: 'separator' },
  ]);
});

describe('a shutdown that was called off', () => {
  const after = (...calledOff: EndedView[]) => windowState({ calledOff });
  const front = (state: State): TrayItem[] => {
    const items = trayMenu(words, state, NOW);
    return items.slice(
      0,
      items.findIndex(({ kind }) => kind === 'separator'),
    );
  };

  test('comes first, with the way back, whole', () => {
    expect(front(after(endedView({ id: 'ended-1', label: 'Miller & Sons' })))).toEqual([
      { kind: 'text', label: 'Shutdown called off: 1 session ended' },
      {
        kind: 'action',
        label: 'Sign in again: Miller && Sons',
        enabled: true,
        action: { kind: 'sign-in-again', id: 'ended-1' },
      },
      {
        kind: 'action',
        label: 'Dismiss',
        enabled: true,
        action: { kind: 'dismiss-called-off' },
      },
    ]);
  });

  test('offers to sign in only to what began here', () => {
    expect(front(after(endedView(), endedView({ signIn: null })))).toMatchObject([
      { label: 'Shutdown called off: 2 sessions ended' },
      { label: 'Sign in again: ann' },
      { label: 'Dismiss' },
    ]);
  });

  test('does not offer it while a sign-in is under way', () => {
    const state = after(endedView());
    const underWay: State = { ...state, signIn: { ...state.signIn, step: 'token' } };
    expect(front(underWay)[1]).toMatchObject({ label: 'Sign in again: ann', enabled: false });
  });

  test('offers ten of them at most', () => {
    const many = Array.from({ length: 12 }, (_, n) => endedView({ id: `ended-${n}` }));
    expect(front(after(...many))).toHaveLength(1 + 10 + 1);
  });

  test('is told of in the tooltip, and gives the icon another shape', () => {
    const state = after(endedView());
    expect(trayTooltip(words, state, NOW)).toBe(
      'Signoff: nothing held\nShutdown called off: 1 session ended',
    );
    expect(trayStatus(state)).toBe('failed');
  });
});
