import { describe, expect, test } from 'vitest';
import { handInRulesOf } from '../../../main/settings/hand-in-rules.ts';
import { type Settings, settingsSchema } from '../../../main/settings/schema.ts';
import { signInRulesOf } from '../../../main/settings/sign-in-rules.ts';
import { availableKinds, unavailableReasons } from '../../../main/settings/activity-kinds.ts';

const settings = (named: Partial<Settings> = {}): Settings => settingsSchema.parse(named);

describe('the terms for signing in', () => {
  test('are open where no policy says otherwise', () => {
    expect(signInRulesOf(settings())).toMatchObject({
      site: '',
      applicationContext: 'Signoff',
      mayRemember: true,
      offers: { signIn: true, handIn: true },
    });
  });

  test('are what IT has laid down', () => {
    const site = 'https://support.example.com';
    const named = { signInSite: site, applicationContext: 'Desk', mayRememberPassword: false };
    expect(signInRulesOf(settings(named))).toMatchObject({
      site,
      applicationContext: 'Desk',
      mayRemember: false,
    });
  });

  test.each([
    { sessionsFrom: 'both', offers: { signIn: true, handIn: true } },
    { sessionsFrom: 'sign-in', offers: { signIn: true, handIn: false } },
    { sessionsFrom: 'hand-in', offers: { signIn: false, handIn: true } },
  ] as const)('offer what sessions come from: $sessionsFrom', ({ sessionsFrom, offers }) => {
    expect(signInRulesOf(settings({ sessionsFrom })).offers).toEqual(offers);
    expect(handInRulesOf(settings({ sessionsFrom })).isOffered).toBe(offers.handIn);
  });

  test('let secrets go only where IT allows it', () => {
    const { isAllowed } = signInRulesOf(settings({ allowedServers: ['https://*.example.com'] }));
    expect([isAllowed('https://a.example.com'), isAllowed('https://a.example.org')]).toEqual([
      true,
      false,
    ]);
  });
});

test('the kinds of being available are read as the reasons for being unavailable are', () => {
  const named = { availableKinds: ['4 Chats only', '04 Calls', '5 All'] };
  expect(availableKinds(settings(named))).toEqual([
    { id: 4, name: 'Chats only' },
    { id: 5, name: 'All' },
  ]);
});

describe('the reasons for being unavailable', () => {
  test('are none where no policy names any', () => {
    expect(unavailableReasons(settings())).toEqual([]);
  });

  test('are a number and a name each, in their order', () => {
    expect(
      unavailableReasons(settings({ unavailableReasons: ['7 At lunch', '2 Café ☕'] })),
    ).toEqual([
      { id: 7, name: 'At lunch' },
      { id: 2, name: 'Café ☕' },
    ]);
  });

  test('are one for each number: the first', () => {
    const named = { unavailableReasons: ['2 Lunch', '02 Break', '3 Training'] };
    expect(unavailableReasons(settings(named))).toEqual([
      { id: 2, name: 'Lunch' },
      { id: 3, name: 'Training' },
    ]);
  });
});
