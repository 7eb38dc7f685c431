import type { Receipt } from './receipt.ts';
import type { Receipts } from './receipts.ts';
import type { ResultsFilter } from './filter.ts';

/** Small enough that handling a page does not block the process. */
const PAGE = 200;

/** All receipts that match, newest first. A page may be empty while the next match is far, so that callers can stop. */
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
