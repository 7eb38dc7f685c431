import { describe, expect, test } from 'vitest';
import { createAgentSession } from '../../main/chat/agent-api.ts';
import { agentToken, serviceSettings } from '../../main/chat/site-api.ts';
import { answerWith, httpReply } from '../support/chat-servers.ts';
import { transportOver } from '../support/network.ts';

const { signal } = new AbortController();
const LOGIN = { userName: 'ann', password: 'correct horse', applicationContext: 'Signoff' };

async function settingsFrom(fields: object, status = 200) {
  const { url } = await answerWith(httpReply(status, JSON.stringify(fields)));
  return { url, answer: await serviceSettings(transportOver(), { site: url, ...LOGIN }, signal) };
}

const FIELDS = { domain: 'chat.example.com', port: 443, pool: '297:1', siteName: 'site_1' };

describe('the settings of a site', () => {
  // The site is on this machine here, so the scheme is its own.
  test.each([
    [{}, { server: 'http://chat.example.com', fqSiteName: 'site_1', pool: '297:1' }],
    [{ port: '443' }, { server: 'http://chat.example.com' }],
    [{ port: '8443' }, { server: 'http://chat.example.com:8443' }],
    [{ port: 80 }, { server: 'http://chat.example.com' }],
    [{ port: null }, { server: 'http://chat.example.com' }],
    [{ port: 'none' }, { server: 'http://chat.example.com' }],
    [{ pool: null }, { pool: null }],
    [{ pool: undefined }, { pool: null }],
    [{ anything: ['more'] }, { fqSiteName: 'site_1' }],
  ])('with %j', async (differences, settings) => {
    const { answer } = await settingsFrom({ ...FIELDS, ...differences });
    expect(answer).toMatchObject({ ok: true, value: settings });
  });

  test.each([
    { domain: undefined },
    { domain: '' },
    { domain: 'chat.example.com/elsewhere' },
    { domain: 'somebody@chat.example.com' },
    { domain: 'https://chat.example.com' },
    { domain: 'chat example' },
    { siteName: undefined },
    { siteName: 7 },
  ])('with %j are none', async (differences) => {
    const { answer } = await settingsFrom({ ...FIELDS, ...differences });
    expect(answer).toMatchObject({ ok: false, end: { kind: 'success' } });
  });

  test.each([
    [{ pool: '\ud800' }, 'pool', 'not-ascii'],
    [{ siteName: '..' }, 'siteName', 'not-a-site'],
    [{ siteName: 'a\nb' }, 'siteName', 'control-characters'],
    [{ domain: 'chat.example.com/elsewhere' }, 'domain', 'not-an-address'],
    [{ domain: 'chat\n.example.com' }, 'domain', 'not-an-address'],
  ])('with %j are refused, and it is told why', async (differences, field, problem) => {
    const { answer } = await settingsFrom({ ...FIELDS, ...differences });
    expect(answer).toMatchObject({ ok: false, refused: { field, problem } });
  });

  test('that are turned down say so without what was signed in with', async () => {
    const credentials = Buffer.from('ann:correct horse').toString('base64');
    const { answer } = await settingsFrom(
      { title: 'Unauthorized', detail: `"correct horse" and ${credentials} are wrong` },
      401,
    );
    expect(answer).toMatchObject({ ok: false, end: { kind: 'exception', status: 401 } });
    expect(JSON.stringify(answer)).not.toMatch(new RegExp(`correct horse|${credentials}`));
  });
});

describe('what a site or server gives', () => {
  const ask = async (call: 'token' | 'session', fields: object) => {
    const { url } = await answerWith(httpReply(200, JSON.stringify(fields)));
    return call === 'token'
      ? agentToken(transportOver(), { site: url, ...LOGIN }, signal)
      : createAgentSession(
          transportOver(),
          {
            address: { server: url, fqSiteName: 'site_1', pool: null },
            token: 'secret.token',
            logonOverride: false,
            sequenceNumber: 0n,
            timeCreated: 0,
          },
          signal,
        );
  };

  test.each([
    ['token', { sessionToken: 'head.body.signature' }, 'head.body.signature'],
    ['session', { sessionId: 'node0abc', clientId: 47 }, 'node0abc'],
  ] as const)('is the %s', async (call, fields, value) => {
    expect(await ask(call, fields)).toMatchObject({ ok: true, value });
  });

  test.each([
    ['token', { sessionToken: null }],
    ['token', { sessionToken: '' }],
    ['token', { sessionToken: 'two\r\nlines' }],
    ['session', { sessionId: null }],
    ['session', { sessionId: '' }],
    ['session', { sessionId: 'two\r\nlines' }],
    ['session', { sessionId: 47 }],
  ] as const)('is no %s: %j', async (call, fields) => {
    expect(await ask(call, fields)).toMatchObject({ ok: false, end: { kind: 'success' } });
  });

  test('is no token that no header can carry, and it is told why', async () => {
    expect(await ask('token', { sessionToken: 'two\r\nlines' })).toMatchObject({
      ok: false,
      refused: { field: 'sessionToken', problem: 'not-ascii' },
    });
  });
  test.each(['token', 'session'] as const)(
    'is no %s where the answer is not its own',
    async (call) => {
      expect(await ask(call, {})).toMatchObject({ ok: false, end: { kind: 'unconfirmed' } });
    },
  );

  test('is no session where the server says that it has one already', async () => {
    const chatSystemError = { errorCondition: 'AGENT_ALREADY_LOGGED_ON', text: 'secret.token no' };
    const answer = await ask('session', { sessionId: 'node0abc', chatSystemError });
    expect(answer).toMatchObject({ ok: false, end: { kind: 'system-error' } });
    expect(JSON.stringify(answer)).not.toContain('secret.token');
  });
});
