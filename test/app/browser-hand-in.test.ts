// Real pages in real Chromium, which is Electron's, against the endpoint as the app has it.
import type { Frame, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openChromium, type PageServer, servePage } from '../support/browser-chromium.ts';
import { consolePage, handInByPage } from '../support/browser-page.ts';
import {
  type BrowserWorld,
  browserWorld,
  CONSOLE,
  freePort,
  SESSION,
  SESSION_ID,
  TOKEN,
} from '../support/browser-world.ts';

const FOREIGN = 'https://evil.example.test';
const PAGE = consolePage();

let chromium: Awaited<ReturnType<typeof openChromium>>;
let pages: PageServer;
let page: Page;
beforeAll(async () => {
  pages = await servePage(PAGE, { tls: true });
  chromium = await openChromium([
    `--host-resolver-rules=MAP *.example.test:443 127.0.0.1:${pages.port},MAP rebound.test 127.0.0.1`,
    '--ignore-certificate-errors',
    // As if the pages came from the internet.
    `--ip-address-space-overrides=127.0.0.1:${pages.port}=public`,
  ]);
  ({ page } = chromium);
});
afterAll(async () => {
  await chromium.close();
  await pages.close();
});

/** Has a page, or a frame, hand in as the documentation says. */
const handIn = (
  from: Page | Frame,
  { port }: BrowserWorld,
  session: object = SESSION,
  token = TOKEN,
) => handInByPage(from, { port, session, token });

interface Options {
  readonly method?: string;
  readonly mode?: RequestMode;
  readonly credentials?: RequestCredentials;
  readonly headers?: Record<string, string>;
  readonly body?: null;
}

/** Has a page send what would be a good hand-in, but for these options; what it can read, or why not. */
function attempt(from: Page | Frame, url: string, options: Options = {}) {
  return from.evaluate(
    async ([address, init, what, secret]) => {
      try {
        const reply = await fetch(address, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            Authorization: `Bearer ${secret}`,
            'Signoff-Page': 'top',
          },
          body: JSON.stringify(what),
          ...init,
        });
        return `${reply.type} ${reply.status} ${await reply.text()}`;
      } catch (error) {
        return String(error);
      }
    },
    [url, options, SESSION, TOKEN] as const,
  );
}
const NOTHING_TO_READ = 'TypeError: Failed to fetch';

/** Puts a frame into the page, and waits until it is there. */
async function addFrame(attributes: Record<string, string>): Promise<Frame> {
  const element = await page.evaluateHandle(
    (wanted) =>
      new Promise<HTMLIFrameElement>((resolve) => {
        const frame = document.createElement('iframe');
        for (const [name, value] of Object.entries(wanted)) frame.setAttribute(name, value);
        frame.addEventListener('load', () => resolve(frame), { once: true });
        document.body.append(frame);
      }),
    { allow: 'local-network-access *; loopback-network *', ...attributes },
  );
  const frame = await element.contentFrame();
  if (frame === null) throw new Error('There is no frame.');
  return frame;
}

/** Nothing was held, and nobody was asked. */
function expectNothing({ held, asked, handedIn }: BrowserWorld): void {
  expect({ held, asked, handedIn }).toEqual({ held: [], asked: [], handedIn: [] });
}

describe('the allowed console', () => {
  test('hands in: at first once it is allowed, then without asking', async () => {
    const world = await browserWorld({ approved: [] });
    await page.goto(CONSOLE);
    const first = handIn(page, world);
    expect(await world.untilAsked()).toBe(CONSOLE);
    expect(world.held).toEqual([]);
    world.originQuestion.answer(CONSOLE, 'allow');
    expect(await first).toBe('held');
    expect(world.held).toMatchObject([{ sessionId: SESSION_ID }]);

    await page.reload();
    expect(await handIn(page, world)).toBe('held');
    expect(world.held).toHaveLength(2);
    expect(world.asked).toEqual([CONSOLE]);
    expect(world.refused).toEqual([]);
  });

  test('can read of its own hand-in that it is held, and no more', async () => {
    const world = await browserWorld();
    await page.goto(CONSOLE);
    expect(await attempt(page, world.url)).toBe('cors 204 ');
    expect(await attempt(page, world.url)).toBe('cors 204 ');
  });

  test('is told what is wrong, as the documentation says', async () => {
    const world = await browserWorld({ approved: [] });
    await page.goto(CONSOLE);
    expect(await handIn(page, world, SESSION, 'another-token-0123456789')).toBe('token');
    expect(world.asked).toEqual([]);
    world.memory.approve(CONSOLE);
    expect(await handIn(page, world, { ...SESSION, kind: 'guest' })).toBe('not-a-session');
    expect(await handIn(page, world, { ...SESSION, label: 'x'.repeat(70_000) })).toBe('too-large');
    world.cannotHold.result = { ok: false, badInput: false, problems: [] };
    expect(await handIn(page, world)).toBe('not-held');
    expect(world.held).toEqual([]);
  });

  test('is told that the agent did not allow it', async () => {
    const world = await browserWorld({ approved: [] });
    await page.goto(CONSOLE);
    const first = handIn(page, world);
    world.originQuestion.answer(await world.untilAsked(), 'deny');
    expect(await first).toBe('not-approved');
    expect(world.held).toEqual([]);
  });

  test('that leaves while the agent is asked has handed nothing in', async () => {
    const world = await browserWorld({ approved: [] });
    await page.goto(CONSOLE);
    const cutOff = handIn(page, world).catch(() => 'the page has gone');
    await world.untilAsked();
    await page.goto('about:blank');
    await cutOff;
    // What is in the way of the next request has come before it.
    await page.goto(CONSOLE);
    expect(await handIn(page, world, SESSION, 'another-token-0123456789')).toBe('token');
    world.originQuestion.answer(CONSOLE, 'allow');
    await expect.poll(() => world.refused).toContain(`gone ${CONSOLE}`);
    expect(world.held).toEqual([]);
  });

  test('cannot reach an endpoint that is off', async () => {
    const world = await browserWorld();
    world.rules.on = false;
    world.handIn.changed();
    await page.goto(CONSOLE);
    expect(await handIn(page, world)).toBe('unreachable');
    expectNothing(world);
  });
});

describe('a foreign origin', () => {
  test.each<[string, Options]>([
    ['that has the token', {}],
    ['without headers that need a preflight', { headers: { 'Content-Type': 'text/plain' } }],
    ['by no-cors', { mode: 'no-cors', headers: {} }],
    ['by GET', { method: 'GET', body: null }],
    ['with cookies', { credentials: 'include' }],
  ])('%s holds nothing, and reads nothing', async (_what, options) => {
    const world = await browserWorld({ approved: [] });
    await page.goto(FOREIGN);
    expect(await attempt(page, world.url, options)).toBe(NOTHING_TO_READ);
    // Some Chromium asks for the private network beforehand.
    expect(new Set(world.refused)).toEqual(new Set([`origin ${FOREIGN}`]));
    expectNothing(world);
  });
});

describe('a rebound host', () => {
  test('has its page hold nothing at the endpoint’s own port', async () => {
    // Its page is there before Signoff is; then its name leads to Signoff.
    const port = await freePort();
    const attacker = await servePage(PAGE, { port });
    const origin = `http://rebound.test:${port}`;
    await page.goto(origin);
    await attacker.close();
    const world = await browserWorld({ port, origins: [CONSOLE, origin] });
    for (const options of [{}, { method: 'GET', body: null }]) {
      expect(await attempt(page, '/hold', options)).toBe('basic 403 ');
    }
    expect(world.refused).toEqual([`host ${origin}`, 'host null']);
    expectNothing(world);
  });

  test('is no way in for an allowed page either', async () => {
    const allowed = await servePage(PAGE);
    onTestFinished(allowed.close);
    const origin = `http://127.0.0.1:${allowed.port}`;
    const world = await browserWorld({ origins: [origin] });
    await page.goto(origin);
    expect(await attempt(page, `http://rebound.test:${world.port}/hold`)).toBe(NOTHING_TO_READ);
    expect(await attempt(page, `http://localhost:${world.port}/hold`)).toBe(NOTHING_TO_READ);
    expect(world.refused).toEqual([`host ${origin}`, `host ${origin}`]);
    expectNothing(world);
    // Which is for its host alone.
    expect(await attempt(page, world.url)).toBe('cors 204 ');
  });
});

describe('a sub-frame', () => {
  test('of a foreign origin in the allowed page holds nothing', async () => {
    const world = await browserWorld();
    await page.goto(CONSOLE);
    const frame = await addFrame({ src: FOREIGN });
    expect(await attempt(frame, world.url)).toBe(NOTHING_TO_READ);
    expect(world.refused).toEqual([`origin ${FOREIGN}`]);
    expectNothing(world);
  });

  test.each([
    ['of the console’s own address', { src: CONSOLE }],
    ['with its text in the page', { srcdoc: PAGE }],
  ])('that is sandboxed, %s, holds nothing', async (_what, source) => {
    const world = await browserWorld();
    await page.goto(CONSOLE);
    const frame = await addFrame({ sandbox: 'allow-scripts', ...source });
    expect(await attempt(frame, world.url)).toBe(NOTHING_TO_READ);
    expect(world.refused).toEqual(['origin null']);
    expectNothing(world);
  });

  test.each([
    ['a foreign page', FOREIGN],
    ['a page of its own', CONSOLE],
  ])('of the allowed console in %s holds nothing', async (_what, around) => {
    const world = await browserWorld({ approved: [] });
    await page.goto(around);
    const frame = await addFrame({ src: `${CONSOLE}/add-in` });
    expect(await handIn(frame, world)).toBe('frame');
    expect(world.refused).toEqual([`frame ${CONSOLE}`]);
    expectNothing(world);
  });

  test('that the page around it leads to the endpoint shows nothing', async () => {
    const world = await browserWorld();
    await page.goto(CONSOLE);
    const frame = await addFrame({ src: world.url });
    expect(await frame.evaluate(() => document.body.innerText.includes('held'))).toBe(false);
    expect(world.refused).toEqual(['origin null']);
    expectNothing(world);
  });
});

describe('a plain form post', () => {
  const types = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

  /** Has the page send a form; resolves once it shows what came back. */
  async function post(world: BrowserWorld, enctype: string): Promise<void> {
    const replied = page.waitForResponse(world.url);
    const shown = page.waitForURL(world.url);
    await page.evaluate(
      ([action, type, session]) => {
        const form = document.createElement('form');
        Object.assign(form, { method: 'POST', action, enctype: type });
        // As text/plain, name and value make one JSON object.
        const input = document.createElement('input');
        input.name = JSON.stringify({ ...session, label: '' }).slice(0, -2);
        input.value = '"}';
        form.append(input);
        document.body.append(form);
        form.submit();
      },
      [world.url, enctype, SESSION] as const,
    );
    const reply = await replied;
    expect(reply.status()).toBe(403);
    expect(reply.headers()).not.toHaveProperty('access-control-allow-origin');
    await shown;
  }

  test.each([CONSOLE, FOREIGN].flatMap((from) => types.map((type) => [from, type] as const)))(
    'of %s as %s holds nothing',
    async (from, type) => {
      const world = await browserWorld();
      await page.goto(from);
      await post(world, type);
      // On its way from https to http a form loses its origin.
      expect(world.refused).toEqual(['origin null']);
      expectNothing(world);
    },
  );

  test.each(types)('of an allowed console on this machine as %s holds nothing', async (type) => {
    const allowed = await servePage(PAGE);
    onTestFinished(allowed.close);
    const origin = `http://127.0.0.1:${allowed.port}`;
    const world = await browserWorld({ origins: [origin] });
    await page.goto(origin);
    await post(world, type);
    expect(world.refused).toEqual([`fetch-metadata ${origin}`]);
    expectNothing(world);
  });
});

describe('of the allowed console', () => {
  test('a request by no-cors holds nothing, and reads nothing', async () => {
    const world = await browserWorld();
    await page.goto(CONSOLE);
    expect(await attempt(page, world.url, { mode: 'no-cors', headers: {} })).toBe(NOTHING_TO_READ);
    expect(new Set(world.refused)).toEqual(new Set([`fetch-metadata ${CONSOLE}`]));
    expectNothing(world);
  });

  test('a request with cookies reads nothing', async () => {
    const world = await browserWorld();
    await page.goto(CONSOLE);
    expect(await attempt(page, world.url, { credentials: 'include' })).toBe(NOTHING_TO_READ);
    expectNothing(world);
  });

  test.each([
    ['text', 'text/plain'],
    ['JSON', 'application/json'],
  ])('a beacon of %s holds nothing', async (_what, type) => {
    const world = await browserWorld();
    await page.goto(CONSOLE);
    const over = Promise.race([
      page.waitForEvent('requestfailed', (request) => request.url() === world.url),
      page.waitForEvent('requestfinished', (request) => request.url() === world.url),
    ]);
    await page.evaluate(
      ([url, what, session]) =>
        navigator.sendBeacon(url, new Blob([JSON.stringify(session)], { type: what })),
      [world.url, type, SESSION] as const,
    );
    await over;
    expectNothing(world);
  });

  test.each(['img', 'script'])('an element <%s> holds nothing, and tells nothing', async (name) => {
    const world = await browserWorld();
    await page.goto(CONSOLE);
    const event = await page.evaluate(
      ([url, tag]) =>
        new Promise<string>((resolve) => {
          const element = document.createElement(tag);
          element.addEventListener('load', () => resolve('load'));
          element.addEventListener('error', () => resolve('error'));
          element.setAttribute('src', url);
          document.body.append(element);
        }),
      [world.url, name] as const,
    );
    expect(event).toBe('error');
    expect(world.refused).toContain('origin null');
    expectNothing(world);
  });

  test('a web socket does not open', async () => {
    const world = await browserWorld();
    await page.goto(CONSOLE);
    const event = await page.evaluate(
      (url) =>
        new Promise<string>((resolve) => {
          const socket = new WebSocket(url);
          socket.addEventListener('open', () => resolve('open'));
          socket.addEventListener('error', () => resolve('error'));
        }),
      world.url.replace('http:', 'ws:'),
    );
    expect(event).toBe('error');
    expectNothing(world);
  });
});
