import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { RequestListener, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { NAME, privateCa } from '../support/private-ca.ts';
import { startProxy } from '../support/proxy.ts';
import { NEW_VERSION, serveFeed, startUpdating, updateInfo } from './updating.ts';

/** A feed that has this version. */
function feedWith(
  version: string,
  sendFile: (response: ServerResponse) => void = (response) => response.end(NEW_VERSION),
  info = updateInfo(version),
): RequestListener {
  return ({ url = '' }, response) => {
    if (/^\/latest-linux[\w-]*\.yml(\?|$)/.test(url)) response.end(info);
    else if (url === `/Signoff-${version}.AppImage`) sendFile(response);
    else response.writeHead(404).end();
  };
}

describe.runIf(process.platform === 'linux')('an AppImage that updates itself', () => {
  test('finds a newer version, fetches it, is replaced by it, and has it started', async () => {
    const app = startUpdating(await serveFeed(feedWith('2.0.0')));
    expect(await app.take('check')).toEqual({ result: '2.0.0' });
    expect(await app.take('download')).toEqual({ result: null });
    expect(readFileSync(app.appImage, 'utf8')).toBe('the old version');
    expect(await app.take('install')).toEqual({ result: true });
    expect(readFileSync(app.appImage, 'utf8')).toBe(NEW_VERSION);
    await expect.poll(() => existsSync(`${app.appImage}.was-started`)).toBe(true);
  });

  test('finds nothing where the feed has this version, or an older one', async () => {
    let version = '1.0.0';
    const feed = await serveFeed((request, response) => feedWith(version)(request, response));
    const app = startUpdating(feed);
    expect(await app.take('check')).toEqual({ result: null });
    version = '0.9.0';
    expect(await app.take('check')).toEqual({ result: null });
  });

  test('goes by the policy’s proxy, with its password, and trusts whom the policy trusts', async () => {
    const ca = privateCa();
    const proxy = await startProxy({ credentials: 'agent:secret' });
    const feed = (await serveFeed(feedWith('2.0.0'), ca.issue())).replace('127.0.0.1', NAME);
    const app = startUpdating(feed, {
      proxy: `http://agent:secret@${proxy.host}`,
      extraCaCertificates: ca.file,
    });
    expect(await app.take('check')).toEqual({ result: '2.0.0' });
    expect(await app.take('download')).toEqual({ result: null });
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${new URL(feed).host}`]));
  });

  test('takes nothing from a server that it has no reason to trust', async () => {
    const app = startUpdating(await serveFeed(feedWith('2.0.0'), privateCa().issue()));
    expect(await app.take('check')).toEqual({ error: expect.stringContaining('certificate') });
  });

  test('follows the feed to another server', async () => {
    const files = await serveFeed(feedWith('2.0.0'));
    const feed = await serveFeed(({ url }, response) =>
      response.writeHead(302, { location: `${files}${url}` }).end(),
    );
    const app = startUpdating(feed);
    expect(await app.take('check')).toEqual({ result: '2.0.0' });
    expect(await app.take('download')).toEqual({ result: null });
  });

  test('takes no file but the one whose hash the feed has', async () => {
    const feed = feedWith('2.0.0', (response) =>
      response.end(NEW_VERSION.replace('touch', 'rm -r')),
    );
    const app = startUpdating(await serveFeed(feed));
    await app.take('check');
    expect(await app.take('download')).toEqual({ error: expect.stringContaining('sha512') });
    expect(await app.take('install')).toEqual({ result: false });
    expect(readFileSync(app.appImage, 'utf8')).toBe('the old version');
  });

  test('stops fetching when it is told to, and fetches the whole of it the next time', async () => {
    const started = Promise.withResolvers<ServerResponse>();
    let sendFile = (response: ServerResponse): void => {
      response.write(NEW_VERSION.slice(0, 5));
      started.resolve(response);
    };
    const app = startUpdating(await serveFeed(feedWith('2.0.0', (response) => sendFile(response))));
    await app.take('check');
    const stopped = app.take('download');
    const connectionEnds = once(await started.promise, 'close');
    await app.take('abort');
    expect(await stopped).toEqual({ error: expect.stringContaining('cancel') });
    await connectionEnds;

    sendFile = (response) => response.end(NEW_VERSION);
    expect(await app.take('download')).toEqual({ result: null });
    expect(await app.take('install')).toEqual({ result: true });
    expect(readFileSync(app.appImage, 'utf8')).toBe(NEW_VERSION);
  });

  test('a feed that fails is told of by the step, and by nothing else', async () => {
    const app = startUpdating(await serveFeed((_, response) => response.writeHead(500).end()));
    expect(await app.take('check')).toEqual({ error: expect.stringContaining('500') });
    expect(await app.take('check')).toEqual({ error: expect.stringContaining('500') });
    expect(app.said()).not.toMatch(/unhandled|uncaught/i);
  });
});
