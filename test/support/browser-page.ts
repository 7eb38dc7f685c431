import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Page } from 'playwright';

declare global {
  /** The documentation's. */
  function handToSignoff(session: object, token: string): Promise<string>;
}

const DOCS = path.join(import.meta.dirname, '../../docs/browser-hand-in.md');
/** Where the documentation says that Signoff listens. */
const ADDRESS = '127.0.0.1:47823';

/** A console's page: with the documentation's snippet in it, and nothing else. */
export function consolePage(): string {
  const [, snippet = ''] = /```js\n(.*?)```/s.exec(readFileSync(DOCS, 'utf8')) ?? [];
  if (!snippet.includes(ADDRESS)) throw new Error('The documentation’s snippet was not found.');
  return `<!doctype html><title>A console</title><script>${snippet}</script>`;
}

/** Has a page, or a frame, hand in as the documentation says, at this port. */
export function handInByPage(
  from: Page | Frame,
  { port, session, token }: { port: number; session: object; token: string },
): Promise<string> {
  return from.evaluate(
    async ([said, own, what, secret]) => {
      const original = window.fetch;
      window.fetch = (url, init) =>
        original(typeof url === 'string' ? url.replace(said, own) : url, init);
      return handToSignoff(what, secret).finally(() => (window.fetch = original));
    },
    [ADDRESS, `127.0.0.1:${port}`, session, token] as const,
  );
}
