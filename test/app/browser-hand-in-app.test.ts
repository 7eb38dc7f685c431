// A console in real Chromium hands in to the built app, with nothing in between.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openChromium, servePage } from '../support/browser-chromium.ts';
import { consolePage, handInByPage } from '../support/browser-page.ts';
import { CONSOLE } from '../support/browser-world.ts';
import { agentSession, newDataDir, newServer, openSignoff, status } from './signoff.ts';

const PORT = 47_823;

/** A Chromium with a console's page in it. */
async function openConsole() {
  const pages = await servePage(consolePage(), { tls: true });
  onTestFinished(pages.close);
  const chromium = await openChromium([
    `--host-resolver-rules=MAP console.example.test:443 127.0.0.1:${pages.port}`,
    '--ignore-certificate-errors',
  ]);
  onTestFinished(chromium.close);
  await chromium.page.goto(CONSOLE);
  return chromium.page;
}

test('a console hands in once the agent allows it, and without a question after a restart', async () => {
  const server = await newServer();
  const console = await openConsole();
  const dataDir = await newDataDir();
  const settings = { browserHandIn: true, browserOrigins: [CONSOLE] };
  await writeFile(path.join(dataDir, 'settings.json'), JSON.stringify(settings));
  const first = await openSignoff(dataDir);

  await first.page.getByRole('button', { name: 'Settings' }).click();
  await first.page.getByRole('button', { name: 'Copy token' }).click();
  await first.page.getByText('Copied.').waitFor();
  const token = await first.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(token).toMatch(/^[\w-]{43}$/);
  await first.page.keyboard.press('Escape');

  const one = agentSession(server, 'one');
  const handedIn = handInByPage(console, { port: PORT, session: one, token });
  const question = first.page.getByRole('region', { name: 'console.example.test wants' });
  await question.getByText(CONSOLE, { exact: true }).waitFor();
  expect((await status(dataDir)).held).toEqual([]);
  const allow = question.getByRole('button', { name: 'Allow', exact: true });
  // It is deaf for a moment, so that no click meant for something else answers it.
  await expect.poll(() => allow.getAttribute('aria-disabled')).toBe('false');
  await allow.click();
  expect(await handedIn).toBe('held');
  expect((await status(dataDir)).held).toHaveLength(1);

  await first.app.evaluate(({ app }) => app.quit());
  await first.exited;
  await openSignoff(dataDir);
  const two = agentSession(server, 'two');
  expect(await handInByPage(console, { port: PORT, session: two, token })).toBe('held');
  expect((await status(dataDir)).held).toHaveLength(1);
});

test('nothing listens while nobody has turned it on', async () => {
  const console = await openConsole();
  await openSignoff(await newDataDir());
  const session = { kind: 'agent' };
  expect(await handInByPage(console, { port: PORT, session, token: 'x' })).toBe('unreachable');
});
