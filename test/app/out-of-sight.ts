import type { Page } from 'playwright';

/** What can be used, or says where one is, beyond the sides of the page; and what has to be scrolled sideways. */
export async function outOfSight(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const dialog = document.querySelector('dialog[open]');
    const usable = (dialog ?? document).querySelectorAll('button, input, select, summary, h1, h2');
    const beyond = [...usable].flatMap((element) => {
      const { left, right } = element.getBoundingClientRect();
      const { checkVisibility } = Element.prototype;
      const isSeen = checkVisibility.call(element) && !element.closest('.only-heard');
      return isSeen && (left < 0 || right > innerWidth)
        ? [`${element.outerHTML.slice(0, 120)} ${left}–${right}`]
        : [];
    });
    const sideways = [...document.querySelectorAll('main, dialog[open]')].flatMap(
      ({ localName, scrollWidth, clientWidth }) =>
        scrollWidth > clientWidth ? [`${localName} ${scrollWidth} in ${clientWidth}`] : [],
    );
    return [...beyond, ...sideways];
  });
}
