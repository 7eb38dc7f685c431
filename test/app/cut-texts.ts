import type { Page } from 'playwright';

/** Less than this is rounding, or a letter that leans out of its box. */
const SLACK_PX = 1.5;

/**
 * The texts of the page of which something cannot be read: cut off by a box around them, sticking out of
 * their own, or beyond the page's sides. Text that can be scrolled to with the keyboard, and text whose
 * whole is its tooltip, is not among them.
 */
export async function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate((slack) => {
    const cut = new Set<string>();
    const dialogs = [...document.querySelectorAll('dialog[open]')];
    // What stands behind a dialog is looked at where there is none.
    const root = dialogs.at(-1) ?? document.body;
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      const parent = text.parentElement;
      if (parent === null || text.textContent?.trim() === '') continue;
      if (
        parent.closest('.only-heard, [hidden], title, option, details:not([open]) > :not(summary)')
      )
        continue;
      const why = whyCut(text, parent);
      if (why !== null) cut.add(`${why}: ${text.textContent}`);
    }
    return [...cut];

    function whyCut(text: Node, parent: Element): string | null {
      const range = document.createRange();
      range.selectNodeContents(text);
      const rects = [...range.getClientRects()].filter(({ width }) => width > 0);
      if (rects.length === 0) return null;
      const left = Math.min(...rects.map((rect) => rect.left));
      const right = Math.max(...rects.map((rect) => rect.right));
      const top = Math.min(...rects.map((rect) => rect.top));
      const bottom = Math.max(...rects.map((rect) => rect.bottom));
      let isOwn = true;
      for (let box: Element | null = parent; box !== null; box = box.parentElement) {
        const { display, overflowX, overflowY } = getComputedStyle(box);
        if (box.hasAttribute('title')) return null;
        if (display === 'inline' || display === 'contents') continue;
        const around = box.getBoundingClientRect();
        const beyond = left < around.left - slack || right > around.right + slack;
        const above = top < around.top - slack || bottom > around.bottom + slack;
        const scrolls = /auto|scroll/;
        // A scroller's inside moves, so nothing further out cuts it; sideways it has to take the focus.
        if (scrolls.test(overflowX) || scrolls.test(overflowY)) {
          const reachable = box instanceof HTMLElement && box.tabIndex >= 0;
          return beyond && !reachable ? `beyond ${nameOf(box)}` : null;
        }
        if (beyond && (isOwn || overflowX !== 'visible')) return `cut across by ${nameOf(box)}`;
        if (above && (isOwn || overflowY !== 'visible')) return `cut in height by ${nameOf(box)}`;
        isOwn = false;
      }
      const beyondPage = left < -slack || right > document.documentElement.clientWidth + slack;
      return beyondPage ? 'beyond the page' : null;
    }

    function nameOf(element: Element): string {
      return [element.localName, ...element.classList].join('.');
    }
  }, SLACK_PX);
}

/** Says each text twice, as a language might that needs more letters, until the end of `use`. */
export async function sayingTwice(page: Page, use: () => Promise<void>): Promise<void> {
  const said = await page.evaluateHandle(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const nodes: Node[] = [];
    while (texts.nextNode()) nodes.push(texts.currentNode);
    return nodes
      .filter(({ textContent }) => textContent?.trim())
      .map((node) => ({ node, once: node.textContent }));
  });
  await said.evaluate((texts) => {
    for (const { node, once } of texts) node.textContent = `${once} ${once}`;
  });
  try {
    await use();
  } finally {
    await said.evaluate((texts) => {
      for (const { node, once } of texts) node.textContent = once;
    });
  }
}
