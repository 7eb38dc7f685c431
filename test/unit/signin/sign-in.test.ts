import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../main/chat/answer.ts';
import { untimed } from '../../../main/chat/call-end.ts';
import { DISK_FULL } from '../../support/vault-disk.ts';
import type { VaultFile } from '../../../main/sessions/vault-file.ts';
import {
  answering,
  type End,
  exception,
  LOST,
  type Play,
  PROPERLY,
  REFUSED_CONNECTION,
  SETTINGS,
  type Step,
} from '../../support/sign-in-server.ts';
import { answer } from '../../support/scripted-server.ts';
import { createSignInWorld, SITE, TYPED } from '../../support/sign-in-world.ts';

const NEVER: Play = { acts: false, says: 'never', afterMs: 0 };
const CREATED_BUT_NEVER: Play = { acts: true, says: 'never', afterMs: 0 };

/** A disk that takes nothing. */
const fullDisk: VaultFile = {
  held: [],
  resumeUntil: null,
  write() {
    throw DISK_FULL;
  },
};

describe('a sign-in', () => {
  test('walks from the settings to a held session with its status', async () => {
    const { enter, site, vault, statuses, signIn } = createSignInWorld();
    const steps: (string | null)[] = [];
    signIn.onChange(() => steps.push(signIn.step()));
    const end = await enter();
    const [held] = vault.held();
    expect(end).toEqual({ ok: true, id: held?.id, statusProblem: null });
    expect(held).toMatchObject({
      kind: 'agent',
      ...SETTINGS,
      accountId: '12',
      sessionId: site.open(),
      label: 'ann',
      startedHere: true,
    });
    expect(steps).toEqual(['settings', 'token', 'session', 'status', null]);
    expect(statuses).toEqual([{ heldId: held?.id, available: true }]);
  });

  test('says to the site who signs in and what for, and to the server with which token', async () => {
    const { enter, site, clock } = createSignInWorld();
    const before = clock.now();
    await enter();
    const login = {
      site: SITE,
      userName: 'ann',
      password: 'pä:ss word',
      applicationContext: 'Signoff',
    };
    expect(site.logins).toEqual([login, login]);
    expect(site.creates).toEqual([
      {
        address: SETTINGS,
        token: 'token-1',
        logonOverride: false,
        sequenceNumber: 0n,
        timeCreated: before + 40,
      },
    ]);
  });

  test('sets the agent unavailable where that is asked for', async () => {
    const { enter, statuses } = createSignInWorld();
    await enter({ available: false });
    expect(statuses).toMatchObject([{ available: false }]);
  });

  test('holds the session on the disk before its status is set', async () => {
    const { signIn, onDisk, clock, statusEnds, site } = createSignInWorld();
    statusEnds(null);
    void signIn.signIn(TYPED);
    await clock.advance(60);
    expect(signIn.step()).toBe('status');
    expect(onDisk()).toMatchObject([{ sessionId: site.open() }]);
  });

  test('stays signed in where the status could not be set, and says why', async () => {
    const { enter, statusEnds, vault } = createSignInWorld();
    statusEnds({ problem: 'A chat is open.', unknownSession: false });
    expect(await enter()).toMatchObject({ ok: true, statusProblem: 'A chat is open.' });
    expect(vault.held()).toHaveLength(1);
  });

  test('does not wait for a status for ever', async () => {
    const { enter, statusEnds, clock } = createSignInWorld();
    statusEnds(null);
    const begun = clock.monotonic();
    expect(await enter()).toMatchObject({ ok: true, statusProblem: expect.stringMatching(/time/) });
    expect(clock.monotonic() - begun).toBeLessThanOrEqual(10_060);
  });

  test('is one at a time', async () => {
    const { signIn, clock, site } = createSignInWorld();
    const first = signIn.signIn(TYPED);
    expect(await signIn.signIn(TYPED)).toEqual({
      ok: false,
      why: 'input',
      problems: [{ field: '', message: 'A sign-in is under way already.', code: 'under-way' }],
    });
    expect(await clock.until(first, 1_000)).toMatchObject({ ok: true });
    expect(site.created).toHaveLength(1);
  });

  test('remembers who signed in, and the password only where it is asked to', async () => {
    const { enter, kept } = createSignInWorld();
    await enter({ takeOver: true });
    await enter({ takeOver: true, remember: true });
    const who = { site: SITE, userName: 'ann', accountId: '12' };
    expect(kept).toEqual([
      { ...who, password: null },
      { ...who, password: 'pä:ss word' },
    ]);
  });

  test('takes the remembered password where none is typed', async () => {
    const { enter, rememberedPassword, site } = createSignInWorld();
    rememberedPassword('from before');
    expect(await enter({ password: '' })).toMatchObject({ ok: true });
    expect(site.logins).toMatchObject([{ password: 'from before' }, { password: 'from before' }]);
  });
});

describe('what is typed', () => {
  test('is found wrong all at once, with nothing of it repeated or sent', async () => {
    const { enter, site } = createSignInWorld();
    const end = await enter({
      site: 'http://support.example.com/secret',
      userName: 'secret:name',
      password: '',
      accountId: 'secret id',
    });
    expect(end).toMatchObject({
      why: 'input',
      problems: [
        { field: 'site', code: 'plain-http' },
        { field: 'userName', code: 'colon' },
        { field: 'accountId', code: 'not-ascii' },
        { field: 'password', code: 'missing' },
      ],
    });
    expect(JSON.stringify(end)).not.toContain('secret');
    expect(site.calls).toEqual([]);
  });

  test.each([
    [{ site: '' }, 'site', 'missing'],
    [{ site: 'support.example.com' }, 'site', 'not-an-address'],
    [{ site: 'ftp://support.example.com' }, 'site', 'not-https'],
    [{ site: 'https://a:b@support.example.com' }, 'site', 'credentials'],
    [{ site: 'https://support.example.com/app' }, 'site', 'more-than-host'],
    [{ userName: '  ' }, 'userName', 'missing'],
    [{ userName: 'ann\nbob' }, 'userName', 'control-characters'],
    [{ userName: 'a'.repeat(513) }, 'userName', 'too-long'],
    [{ accountId: '' }, 'accountId', 'missing'],
    [{ accountId: 'zwölf' }, 'accountId', 'not-ascii'],
    [{ password: '' }, 'password', 'missing'],
  ])('%j is refused', async (differences, field, code) => {
    const { enter } = createSignInWorld();
    expect(await enter(differences)).toMatchObject({ problems: [{ field, code }] });
  });

  test('may have blanks around all but the password', async () => {
    const { enter, site, vault } = createSignInWorld();
    await enter({ site: ` ${SITE}/ `, userName: ' ann ', accountId: ' 12 ', password: ' p ' });
    expect(site.logins[0]).toMatchObject({ site: SITE, userName: 'ann', password: ' p ' });
    expect(vault.held()).toMatchObject([{ accountId: '12' }]);
  });

  test('of another shape is refused, not thrown over', async () => {
    const { signIn } = createSignInWorld();
    for (const input of [null, 'x', [], {}, { site: 1 }]) {
      expect(await signIn.signIn(input)).toMatchObject({ why: 'input' });
    }
  });
});

describe('what IT has laid down', () => {
  test('a sign-in that is not offered is refused', async () => {
    const { enter, rules, site } = createSignInWorld();
    rules({ offered: false });
    expect(await enter()).toMatchObject({
      step: 'settings',
      code: 'NOT_OFFERED',
      advice: 'ask-it',
    });
    expect(site.calls).toEqual([]);
  });

  test('no password goes to a site that is not allowed', async () => {
    const { enter, rules, site } = createSignInWorld();
    rules({ isAllowed: (server) => server !== SITE });
    expect(await enter()).toMatchObject({
      step: 'settings',
      code: 'NOT_ALLOWED',
      advice: 'ask-it',
    });
    expect(site.calls).toEqual([]);
  });

  test('no token goes to a chat server that is not allowed', async () => {
    const { enter, rules, site } = createSignInWorld();
    rules({ isAllowed: (server) => server !== SETTINGS.server });
    expect(await enter()).toMatchObject({
      step: 'settings',
      code: 'NOT_ALLOWED',
      message: expect.stringContaining(SETTINGS.server),
      advice: 'ask-it',
    });
    expect(site.calls).toEqual(['serviceSettings']);
  });
});

test('no token goes to a chat server without encryption', async () => {
  const { enter, site } = createSignInWorld();
  site.settings({ ...SETTINGS, server: 'http://chat.example.com' });
  expect(await enter()).toMatchObject({ step: 'settings', code: 'NOT_HTTPS', advice: 'ask-it' });
  expect(site.calls).toEqual(['serviceSettings']);
});

describe('a step that fails', () => {
  const page: End = { kind: 'not-this-api', status: 200, message: 'A web page.' };
  const broken: End = { kind: 'no-reply', fault: 'name-not-found', message: 'No such name.' };
  const cases: [Step, End, { step: string; code: string; advice: string }][] = [
    ['serviceSettings', exception(401), { step: 'settings', code: 'HTTP_401', advice: 'password' }],
    ['serviceSettings', exception(404), { step: 'settings', code: 'HTTP_404', advice: 'site' }],
    ['serviceSettings', page, { step: 'settings', code: 'NOT_THIS_API', advice: 'site' }],
    ['serviceSettings', exception(400), { step: 'settings', code: 'HTTP_400', advice: 'ask-it' }],
    [
      'serviceSettings',
      exception(503),
      { step: 'settings', code: 'HTTP_503', advice: 'try-again' },
    ],
    ['serviceSettings', broken, { step: 'settings', code: 'NAME_NOT_FOUND', advice: 'network' }],
    ['agentToken', exception(401), { step: 'token', code: 'HTTP_401', advice: 'password' }],
    ['agentToken', exception(500), { step: 'token', code: 'HTTP_500', advice: 'try-again' }],
    [
      'createAgentSession',
      exception(403, 'ACCESS_DENIED'),
      { step: 'session', code: 'ACCESS_DENIED', advice: 'try-again' },
    ],
    [
      'createAgentSession',
      exception(400, 'BAD_REQUEST'),
      { step: 'session', code: 'BAD_REQUEST', advice: 'ask-it' },
    ],
    [
      'createAgentSession',
      { ...broken, fault: 'certificate-rejected' },
      { step: 'session', code: 'CERTIFICATE_REJECTED', advice: 'network' },
    ],
  ];
  test.each(cases)('%s with %j says so, and what to do', async (call, end, failure) => {
    const { enter, site, vault } = createSignInWorld();
    site.play(call, answering(end), answering(end), answering(end));
    const said = 'message' in end ? end.message : '';
    expect(await enter()).toEqual({ ok: false, why: 'failed', message: said, ...failure });
    expect(site.open()).toBeNull();
    expect(vault.held()).toEqual([]);
  });

  test.each(['serviceSettings', 'agentToken', 'createAgentSession'] as const)(
    '%s is tried again where nothing was sent',
    async (step) => {
      const { enter, site } = createSignInWorld();
      site.play(step, REFUSED_CONNECTION, REFUSED_CONNECTION);
      expect(await enter()).toMatchObject({ ok: true });
    },
  );

  test.each(['serviceSettings', 'agentToken'] as const)(
    '%s is tried again after a server error, but not after a refusal',
    async (step) => {
      const { enter, site } = createSignInWorld();
      site.play(step, answering(exception(503)), answering(exception(401)));
      expect(await enter()).toMatchObject({ code: 'HTTP_401' });
      expect(site.calls.filter((call) => call === step)).toHaveLength(2);
    },
  );

  test('so late that a session could not be ended again in time creates none', async () => {
    const { enter, site, clock } = createSignInWorld();
    const slowly: Play = { ...answering(exception(503)), afterMs: 7_900 };
    site.play('serviceSettings', slowly, slowly, { ...PROPERLY, afterMs: 7_900 });
    site.play('agentToken', { ...PROPERLY, afterMs: 4_500 });
    const begun = clock.monotonic();
    expect(await enter()).toMatchObject({ step: 'token', code: 'TIMED_OUT', advice: 'try-again' });
    expect(clock.monotonic() - begun).toBeGreaterThan(28_000);
    expect(site.creates).toEqual([]);
  });

  test('does not take longer than half a minute, whatever hangs', async () => {
    const { enter, site, clock } = createSignInWorld();
    site.play('createAgentSession', NEVER, NEVER, NEVER, NEVER);
    const begun = clock.monotonic();
    expect(await enter()).toMatchObject({ code: 'ANSWER_LOST', advice: 'network' });
    expect(clock.monotonic() - begun).toBeLessThanOrEqual(30_000);
  });
});

describe('an agent who has a session already', () => {
  test.each<[string, End]>([
    ['a status of 409', exception(409, 'CONFLICT', 'There is one.')],
    ['a code', exception(400, 'AGENT_ALREADY_LOGGED_ON', 'There is one.')],
    [
      'a system error',
      {
        kind: 'system-error',
        status: 200,
        code: 'LOGON_FAILED',
        message: 'The agent is logged on elsewhere.',
        words: {
          serviceStartTime: null,
          serviceFinishTime: null,
          clientId: null,
          sequenceNumber: null,
        },
      },
    ],
  ])('is asked first, where the server says so by %s', async (_how, end) => {
    const { enter, site, vault } = createSignInWorld();
    site.openElsewhere('console');
    site.conflict(end);
    expect(await enter()).toEqual({
      ok: false,
      why: 'conflict',
      message: 'message' in end ? end.message : '',
      perhapsOurs: false,
    });
    expect([site.open(), vault.held()]).toEqual(['console', []]);
  });

  test('has it taken over where that was answered with yes', async () => {
    const { enter, site } = createSignInWorld();
    site.openElsewhere('console');
    expect(await enter({ takeOver: true })).toMatchObject({ ok: true });
    expect(site.creates).toMatchObject([{ logonOverride: true }]);
  });

  test('is not asked again and again where taking over does not help', async () => {
    const { enter, site } = createSignInWorld();
    site.play('createAgentSession', answering(exception(409, 'CONFLICT')));
    expect(await enter({ takeOver: true })).toMatchObject({ why: 'failed', code: 'CONFLICT' });
    expect(site.creates).toHaveLength(1);
  });
});

describe('a session whose answer was lost', () => {
  const LOSSES: [string, Play][] = [
    ['a broken connection', LOST],
    ['no answer in time', CREATED_BUT_NEVER],
    ['a server error', { ...LOST, says: exception(502) }],
    [
      'an exception of unknown status',
      { ...LOST, says: exception(400, 'DEPENDENCY_APPLICATION_TIMEOUT') },
    ],
    [
      'an answer without a session id',
      { ...LOST, says: { kind: 'not-this-api', status: 200, message: 'No id.' } },
    ],
    [
      'an answer that cannot be read',
      { ...LOST, says: { kind: 'not-this-api', status: null, message: 'Noise.' } },
    ],
    [
      'an endless answer',
      { ...LOST, says: { kind: 'too-large', status: 200, message: 'Too large.' } },
    ],
  ];
  test.each(LOSSES)('by %s is asked about, as perhaps one’s own', async (_how, play) => {
    const { enter, site } = createSignInWorld();
    site.play('createAgentSession', play);
    expect(await enter()).toMatchObject({ why: 'conflict', perhapsOurs: true });
    expect(site.creates).toMatchObject([{ logonOverride: false }, { logonOverride: false }]);
  });

  test('is taken over at once where the person has said so before', async () => {
    const { enter, site, leaks } = createSignInWorld();
    site.play('createAgentSession', LOST);
    expect(await enter({ takeOver: true })).toMatchObject({ ok: true });
    expect(leaks()).toEqual([]);
  });

  test('that was not created is created by the second try', async () => {
    const { enter, site } = createSignInWorld();
    site.play('createAgentSession', { ...LOST, acts: false });
    expect(await enter()).toMatchObject({ ok: true });
    expect(site.created).toHaveLength(1);
  });

  test('is looked for with a new token where the first is worth nothing any more', async () => {
    const { enter, site } = createSignInWorld();
    site.play('createAgentSession', LOST, answering(exception(403, 'ACCESS_DENIED')));
    expect(await enter()).toMatchObject({ why: 'conflict', perhapsOurs: true });
    expect(site.creates.map(({ token }) => token)).toEqual(['token-1', 'token-1', 'token-2']);
  });

  test('is looked for with one new token, and no further', async () => {
    const { enter, site } = createSignInWorld();
    const denied = answering(exception(403, 'ACCESS_DENIED'));
    site.play('createAgentSession', LOST, denied, denied);
    expect(await enter()).toMatchObject({ why: 'failed', code: 'ANSWER_LOST' });
    expect(site.creates.map(({ token }) => token)).toEqual(['token-1', 'token-1', 'token-2']);
  });

  test('is told of where it cannot be found out', async () => {
    const { enter, site } = createSignInWorld();
    site.play('createAgentSession', LOST, LOST, LOST);
    expect(await enter()).toMatchObject({
      why: 'failed',
      step: 'session',
      code: 'ANSWER_LOST',
      message: expect.stringContaining('up to 6 minutes'),
      advice: 'network',
    });
  });

  test('is perhaps one’s own for the next sign-in too, until the server has dropped it', async () => {
    const { enter, site, clock } = createSignInWorld();
    site.play('createAgentSession', LOST);
    await enter();
    expect(await enter()).toMatchObject({ why: 'conflict', perhapsOurs: true });
    await clock.advance(420_000);
    expect(await enter()).toMatchObject({ why: 'conflict', perhapsOurs: false });
  });
});

describe('a disk that is full', () => {
  test('has the session ended again', async () => {
    const { enter, site, vault } = createSignInWorld({ file: fullDisk });
    expect(await enter()).toEqual({
      ok: false,
      why: 'failed',
      step: 'session',
      code: 'NOT_SAVED',
      message:
        'The session could not be saved to the disk (ENOSPC), so it is not held. It was ended again.',
      advice: 'disk',
    });
    expect([site.open(), vault.held()]).toEqual([null, []]);
    expect(site.logoffs).toMatchObject([
      { address: SETTINGS, accountId: '12', forceLogoff: true, sequenceNumber: 1n },
    ]);
  });

  test('has it tried to be ended a few times', async () => {
    const { enter, site } = createSignInWorld({ file: fullDisk });
    const unavailable = answering(exception(503));
    site.play('logoff', unavailable, REFUSED_CONNECTION, unavailable);
    expect(await enter()).toMatchObject({ code: 'NOT_SAVED' });
    expect(site.open()).toBeNull();
  });

  test('has it tried again where the server hangs', async () => {
    const { enter, site } = createSignInWorld({ file: fullDisk });
    site.play('logoff', NEVER, NEVER);
    expect(await enter()).toMatchObject({ code: 'NOT_SAVED' });
    expect(site.open()).toBeNull();
  });

  test('is told of with what could not be ended, which the next sign-in takes over unasked', async () => {
    const { enter, site } = createSignInWorld({ file: fullDisk });
    site.play('logoff', NEVER, NEVER, NEVER, NEVER);
    const end = await enter();
    expect(end).toMatchObject({
      step: 'session',
      code: 'NOT_ENDED',
      message: expect.stringContaining('up to 6 minutes'),
      advice: 'disk',
    });
    site.play('logoff', PROPERLY);
    await enter();
    expect(site.creates.at(-1)).toMatchObject({ logonOverride: true });
    expect(site.open()).toBeNull();
  });
});

describe('a wrong account id', () => {
  const unknown = { problem: 'Unknown session.', unknownSession: true };

  test('is told of, and the session is signed off', async () => {
    const { enter, statusEnds, vault, kept, server } = createSignInWorld();
    statusEnds(unknown);
    expect(await enter()).toEqual({
      ok: false,
      why: 'failed',
      step: 'status',
      code: 'UNKNOWN_SESSION',
      message: 'Unknown session.',
      advice: 'account',
    });
    expect(server.sent).toMatchObject([{ forced: true }]);
    expect([vault.held(), kept]).toEqual([[], []]);
  });

  test('has what could not be signed off tried again until it is over', async () => {
    const { enter, statusEnds, server, vault, clock } = createSignInWorld();
    statusEnds(unknown);
    server.answerWith(() => answer('unreachable'));
    await enter();
    expect(vault.held()).toHaveLength(1);
    server.answerWith(() => answer('ended'));
    await clock.advance(70_000);
    expect(vault.held()).toEqual([]);
  });

  test('does not have the next sign-in ask about the session that it left', async () => {
    const { enter, statusEnds, server, site, vault, clock } = createSignInWorld();
    statusEnds(unknown);
    // The server knows no such session of this account.
    server.answerWith(() => ({ afterMs: 20, end: exception(403, 'ACCESS_DENIED') }));
    await enter();
    expect(vault.held()).toHaveLength(1);
    server.answerWith(() => ({ afterMs: 20, end: exception(403) }));
    statusEnds({ problem: null, unknownSession: false });
    expect(await enter({ accountId: '21' })).toMatchObject({ ok: true });
    await clock.advance(100);
    expect(vault.held()).toMatchObject([{ accountId: '21', sessionId: site.open() }]);
  });
});

describe('giving up', () => {
  test.each([
    ['settings', 10],
    ['token', 30],
  ])('at the step %s sends nothing more', async (_step, atMs) => {
    const { signIn, clock, site, vault } = createSignInWorld();
    const end = signIn.signIn(TYPED);
    await clock.advance(atMs);
    signIn.cancel();
    expect(await clock.until(end, 100)).toEqual({ ok: false, why: 'cancelled' });
    expect([site.created, vault.held()]).toEqual([[], []]);
  });

  test('between two tries does not wait for the second', async () => {
    const { signIn, clock, site } = createSignInWorld();
    site.play('serviceSettings', REFUSED_CONNECTION);
    const end = signIn.signIn(TYPED);
    await clock.advance(10);
    signIn.cancel();
    expect(await clock.until(end, 0)).toEqual({ ok: false, why: 'cancelled' });
    expect(site.calls).toEqual(['serviceSettings']);
  });

  test('while the session is created waits for it, holds it and signs it off', async () => {
    const { signIn, clock, site, vault, written } = createSignInWorld();
    const end = signIn.signIn(TYPED);
    await clock.advance(50);
    signIn.cancel();
    expect(await clock.until(end, 1_000)).toEqual({ ok: false, why: 'cancelled' });
    expect([site.created.length, site.open(), vault.held()]).toEqual([1, null, []]);
    expect(written).toMatchObject([{ cause: 'asked', forced: true, outcome: 'ended' }]);
  });

  test('while the status is set signs the session off', async () => {
    const { signIn, clock, site, statusEnds } = createSignInWorld();
    statusEnds(null);
    const end = signIn.signIn(TYPED);
    await clock.advance(80);
    signIn.cancel();
    expect(await clock.until(end, 1_000)).toEqual({ ok: false, why: 'cancelled' });
    expect(site.open()).toBeNull();
  });

  test('has what could not be signed off tried again until it is over', async () => {
    const { signIn, clock, server, vault, written } = createSignInWorld();
    server.answerWith(() => answer('server-error'));
    const end = signIn.signIn(TYPED);
    await clock.advance(50);
    signIn.cancel();
    expect(await clock.until(end, 15_000)).toEqual({ ok: false, why: 'cancelled' });
    expect(vault.held()).toHaveLength(1);
    server.answerWith(() => answer('ended'));
    await clock.advance(70_000);
    expect(vault.held()).toEqual([]);
    expect(written).toMatchObject([
      { outcome: 'server-error' },
      { cause: 'asked', forced: true, outcome: 'ended' },
    ]);
  });

  test('has the next sign-in take what could not be signed off over unasked, and end it', async () => {
    const { signIn, clock, server, site, enter, vault } = createSignInWorld();
    server.answerWith(() => answer('refused'));
    const end = signIn.signIn(TYPED);
    await clock.advance(50);
    signIn.cancel();
    await clock.until(end, 15_000);
    server.answerWith(() => answer('already-over'));
    expect(await enter()).toMatchObject({ ok: true });
    await clock.advance(100);
    expect(vault.held()).toMatchObject([{ sessionId: site.open() }]);
  });

  test('does not have the next sign-in take another console’s session over', async () => {
    const { signIn, clock, site, enter } = createSignInWorld();
    const end = signIn.signIn(TYPED);
    await clock.advance(50);
    signIn.cancel();
    await clock.until(end, 1_000);
    site.openElsewhere('console');
    expect(await enter()).toMatchObject({ why: 'conflict', perhapsOurs: false });
  });

  test('does not leave a lost session unasked about', async () => {
    const { signIn, clock, site } = createSignInWorld();
    site.play('createAgentSession', LOST);
    const end = signIn.signIn(TYPED);
    await clock.advance(50);
    signIn.cancel();
    expect(await clock.until(end, 10_000)).toMatchObject({ why: 'conflict', perhapsOurs: true });
  });

  test('with nothing under way is nothing', async () => {
    const { signIn, enter } = createSignInWorld();
    signIn.cancel();
    expect(await enter()).toMatchObject({ ok: true });
  });
});

describe('an app that goes', () => {
  test('lets nobody sign in any more', async () => {
    const { enter, appLeaves, site } = createSignInWorld();
    appLeaves();
    expect(await enter()).toMatchObject({ why: 'failed', code: 'LEAVING' });
    expect(site.calls).toEqual([]);
  });

  test('does not wait where nothing is under way', async () => {
    const { signIn, clock } = createSignInWorld();
    await clock.until(signIn.leave(5_000), 0);
    expect(clock.waiting()).toBe(0);
  });

  test('breaks off what has created nothing yet', async () => {
    const { signIn, clock, site } = createSignInWorld();
    site.play('agentToken', NEVER);
    const end = signIn.signIn(TYPED);
    await clock.advance(100);
    await clock.until(signIn.leave(5_000), 10);
    expect(await end).toEqual({ ok: false, why: 'cancelled' });
    expect(site.creates).toEqual([]);
  });

  test('waits for a session that is being created, and finds it held', async () => {
    const { signIn, clock, site, vault } = createSignInWorld();
    site.play('createAgentSession', { ...PROPERLY, afterMs: 1_500 });
    const end = signIn.signIn(TYPED);
    await clock.advance(100);
    await clock.until(signIn.leave(4_000), 4_000);
    expect(vault.held()).toMatchObject([{ sessionId: site.open() }]);
    expect(site.creates).toHaveLength(1);
    expect(await end).toEqual({ ok: false, why: 'cancelled' });
  });

  test('takes over what it does not hear of in time, so that it can be ended', async () => {
    const { signIn, clock, site, vault } = createSignInWorld();
    site.play('createAgentSession', CREATED_BUT_NEVER);
    void signIn.signIn(TYPED);
    await clock.advance(100);
    await clock.until(signIn.leave(4_000), 4_000);
    expect(vault.held()).toMatchObject([{ sessionId: site.open() }]);
    expect(site.creates).toMatchObject([{ logonOverride: false }, { logonOverride: true }]);
  });

  test('takes no other console’s session over where none was lost', async () => {
    const { signIn, clock, site, vault } = createSignInWorld();
    site.openElsewhere('console');
    const end = signIn.signIn(TYPED);
    await clock.advance(50);
    await clock.until(signIn.leave(4_000), 4_000);
    expect(await end).toEqual({ ok: false, why: 'cancelled' });
    expect([site.open(), vault.held()]).toEqual(['console', []]);
  });

  test('does not wait longer than it has time', async () => {
    const { signIn, clock, site } = createSignInWorld();
    site.play('createAgentSession', NEVER, NEVER, NEVER, NEVER, NEVER);
    void signIn.signIn(TYPED);
    await clock.advance(100);
    const begun = clock.monotonic();
    await clock.until(signIn.leave(4_000), 10_000);
    expect(clock.monotonic() - begun).toBeLessThanOrEqual(4_000);
  });

  test('does not wait for the status', async () => {
    const { signIn, clock, statusEnds, vault } = createSignInWorld();
    statusEnds(null);
    const end = signIn.signIn(TYPED);
    await clock.advance(80);
    await clock.until(signIn.leave(4_000), 10);
    expect(await clock.until(end, 10)).toEqual({ ok: false, why: 'cancelled' });
    expect(vault.held()).toHaveLength(1);
  });
});

describe('an app that goes in the turn in which it is told', () => {
  /** A sign-in whose session is being created; the answer comes in a turn that does not end. */
  async function creating() {
    const world = createSignInWorld();
    const { chat } = world.site;
    let come = (_answer: Answer<string>): void => undefined;
    chat.createAgentSession = (_request, _signal, take) =>
      new Promise((resolve) => {
        come = (answered) => resolve(take(answered));
      });
    const end = world.signIn.signIn(TYPED);
    await world.clock.advance(100);
    return { ...world, end, comes: (answered: Answer<string>) => come(answered) };
  }
  const CREATED = { ok: true, value: 'node0-late' } as const;
  const REFUSED: Answer<string> = {
    ok: false,
    end: { ...exception(403, 'ACCESS_DENIED'), times: untimed(0), reply: null, proxy: null },
  };

  test('finds the session held as soon as it is created', async () => {
    const { signIn, comes, vault } = await creating();
    const isNoneCreated = signIn.leaveAtOnce();
    expect([isNoneCreated(), vault.held()]).toEqual([false, []]);
    comes(CREATED);
    expect(isNoneCreated()).toBe(true);
    expect(vault.held()).toMatchObject([{ sessionId: 'node0-late', startedHere: true }]);
  });

  test('hears at once that none is created', async () => {
    const { signIn, comes, vault, end } = await creating();
    const isNoneCreated = signIn.leaveAtOnce();
    comes(REFUSED);
    expect([isNoneCreated(), vault.held()]).toEqual([true, []]);
    expect(await end).toEqual({ ok: false, why: 'cancelled' });
  });

  test('and stays after all finds the sign-in cancelled, and its session ended once', async () => {
    const { signIn, comes, vault, end, clock, server, written } = await creating();
    signIn.leaveAtOnce();
    comes(CREATED);
    expect(await clock.until(end, 5_000)).toEqual({ ok: false, why: 'cancelled' });
    expect([vault.held(), server.sent.length]).toEqual([[], 1]);
    expect(written).toMatchObject([{ outcome: 'ended', forced: true }]);
  });

  test.each(['serviceSettings', 'agentToken'] as const)(
    'waits for nothing at the step %s, and creates nothing afterwards',
    async (step) => {
      const { signIn, clock, site } = createSignInWorld();
      site.play(step, { ...PROPERLY, afterMs: 1_000 });
      const end = signIn.signIn(TYPED);
      await clock.advance(100);
      expect(signIn.leaveAtOnce()()).toBe(true);
      expect(await clock.until(end, 5_000)).toEqual({ ok: false, why: 'cancelled' });
      expect(site.creates).toEqual([]);
    },
  );

  test('waits for nothing where nobody signs in', () => {
    expect(createSignInWorld().signIn.leaveAtOnce()()).toBe(true);
  });
});
