import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Session } from 'electron';
import { expect, test, vi } from 'vitest';
import { serveApp } from '../../../main/shell/window/app-scheme.ts';
import { tempFolder } from '../../support/temp-folder.ts';

vi.mock('electron', () => ({}));

/** Asks for a page of an app whose files lie beside others. */
async function get(url: string): Promise<{ status: number; text: string; headers: Headers }> {
  const parent = tempFolder();
  const folder = path.join(parent, 'renderer');
  for (const [file, text] of [
    ['renderer/index.html', 'the page'],
    ['renderer/assets/app.js', 'its code'],
    ['renderer/notes.txt', 'of a type that is not served'],
    ['renderer-old/index.html', 'of another'],
    ['outside.html', 'of another'],
  ] as const) {
    mkdirSync(path.dirname(path.join(parent, file)), { recursive: true });
    writeFileSync(path.join(parent, file), text);
  }
  let handle: (request: Request) => Promise<Response> = async () => Response.error();
  const protocol = { handle: (_scheme: string, handler: typeof handle) => (handle = handler) };
  serveApp({ protocol } as unknown as Session, folder);
  const response = await handle(new Request(url));
  return { status: response.status, text: await response.text(), headers: response.headers };
}

test.each([
  ['signoff://app/index.html', 'the page', 'text/html; charset=utf-8'],
  ['signoff://app/assets/app.js', 'its code', 'text/javascript; charset=utf-8'],
  ['signoff://app/assets/../index.html?query#hash', 'the page', 'text/html; charset=utf-8'],
])('%s is served, as what it is', async (url, text, type) => {
  const response = await get(url);
  expect(response).toMatchObject({ status: 200, text });
  expect(response.headers.get('content-type')).toBe(type);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

test.each([
  ['a file outside', 'signoff://app/..%2foutside.html'],
  ['a file outside, from deeper', 'signoff://app/assets/..%2f..%2foutside.html'],
  ['a folder whose name begins alike', 'signoff://app/..%2frenderer-old/index.html'],
  ['another type', 'signoff://app/notes.txt'],
  ['no type', 'signoff://app/'],
  ['what is not there', 'signoff://app/none.html'],
  ['another host', 'signoff://other/index.html'],
])('%s is not', async (_, url) => {
  expect(await get(url)).toMatchObject({ status: 404, text: '' });
});

test('a page may load nothing but its own files', async () => {
  const { headers } = await get('signoff://app/index.html');
  const policy = headers.get('content-security-policy')?.split('; ');
  expect(policy).toEqual(
    expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
  );
});
