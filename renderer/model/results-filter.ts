import type { Request } from '../../preload/contract.ts';
import type { Receipt } from './types.ts';

export type ResultsFilter = Request<'getResults'>['filter'];

/** Leaves all in. */
export const noFilter: ResultsFilter = {
  text: '',
  outcomes: [],
  causes: [],
  kinds: [],
  servers: [],
  from: null,
  to: null,
};

/** How many filters are set, the search not counted. */
export function countFilters(filter: ResultsFilter): number {
  const { outcomes, causes, kinds, servers, from, to } = filter;
  const bounds = [from, to].filter((bound) => bound !== null);
  return outcomes.length + causes.length + kinds.length + servers.length + bounds.length;
}

/** Whether the filter leaves anything out. */
export function isFiltering(filter: ResultsFilter): boolean {
  return filter.text.trim() !== '' || countFilters(filter) > 0;
}

/** Whether the filter leaves this receipt in, as the main process would say. */
export function matches(filter: ResultsFilter, receipt: Receipt): boolean {
  const finished = Date.parse(receipt.finishedAt);
  return (
    isAmong(filter.outcomes, receipt.outcome) &&
    isAmong(filter.causes, receipt.cause) &&
    isAmong(filter.kinds, receipt.kind) &&
    isAmong(filter.servers, receipt.address.server) &&
    (filter.from === null || finished >= filter.from) &&
    (filter.to === null || finished <= filter.to) &&
    hasEveryWord(filter.text, receipt)
  );
}

function isAmong<T>(chosen: readonly T[], value: T): boolean {
  return chosen.length === 0 || chosen.includes(value);
}

function hasEveryWord(text: string, { label, address, error }: Receipt): boolean {
  const said = [label, address.server, address.fqSiteName, error?.code, error?.message];
  // No word has a line break, so none is found across two of them.
  const searched = comparable(said.join('\n'));
  return comparable(text)
    .split(/\s+/)
    .every((word) => searched.includes(word));
}

/** Text as people compare it: case, width and how an accent is written make no difference. */
function comparable(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
