import type { Receipt } from './receipt.ts';
import type { Receipts } from './receipts.ts';
import type { ResultsFilter } from './filter.ts';

/** Small enough that what is done with a page keeps nothing else waiting. */
const PAGE = 200;

/**
 * All receipts that the filter leaves in, newest first, a page at a time. A page may be empty: then
 * the next one is far, and the caller can see whether it still wants it.
 */
export async function* everyPage(
  receipts: Pick<Receipts, 'page'>,
  filter: ResultsFilter,
): AsyncGenerator<readonly Receipt[]> {
  let after: string | null = null;
  do {
    const page = await receipts.page({ after, limit: PAGE, filter });
    yield page.receipts;
    after = page.next;
  } while (after !== null);
}
