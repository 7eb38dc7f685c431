import type { Request } from '../../preload/contract.ts';
import type { Receipt } from './types.ts';

export type ResultsFilter = Request<'getResults'>['filter'];

/** Matches everything. */
export const noFilter: ResultsFilter = {
  text: '',
  outcomes: [],
  causes: [],
  kinds: [],
  servers: [],
  from: null,
  to: null,
};

/** The number of active filters, without the search. */
export function countFilters(filter: ResultsFilter): number {
  const { outcomes, causes, kinds, servers, from, to } = filter;
  const bounds = [from, to].filter((bound) => bound !== null);
  return outcomes.length + causes.length + kinds.length + servers.length + bounds.length;
}

/** Whether any filter or search is active. */
export function isFiltering(filter: ResultsFilter): boolean {
  return filter.text.trim() !== '' || countFilters(filter) > 0;
}

/** Whether the receipt matches, by the same rules as in the main process. */
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
  const texts = [label, address.server, address.fqSiteName, error?.code, error?.message];
  // Words have no line breaks, so none is found across two texts.
  const searched = normalized(texts.join('\n'));
  return normalized(text)
    .split(/\s+/)
    .every((word) => searched.includes(word));
}

/** Without differences of case, width and composition of accents. */
function normalized(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
