import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Bridge, Reply, Request, Timings } from '../../preload/contract.ts';
import { isFiltering, matches, noFilter, type ResultsFilter } from '../model/results-filter.ts';
import type { Receipt } from '../model/types.ts';

export type ExportFormat = Request<'exportResults'>['format'];
export type Per = Request<'getTimings'>['per'];
type Status = 'idle' | 'loading' | 'failed';

/** The receipts that match the filter, as far as they have been read. */
export interface ResultsList {
  /** Newest first. */
  readonly receipts: readonly Receipt[];
  /** The cursor of the next page: null at the end, undefined before the first page. */
  readonly next: string | null | undefined;
  /** Stored lines that could not be read. */
  readonly unreadable: number;
  readonly status: Status;
}

/** The timings of one server over time. */
export interface TimingsView {
  /** Null before they were first read. */
  readonly timings: Timings | null;
  readonly per: Per;
  /** The server they belong to; null if none has any. */
  readonly server: string | null;
  readonly status: Status;
}

export type ExportState =
  | { readonly phase: 'none' }
  | { readonly phase: 'running'; readonly written: number }
  | { readonly phase: 'over'; readonly result: Reply<'exportResults'> | null };

/** The results, the choices made in their view, and the actions on them. */
export interface ResultsStore {
  readonly view: ReadonlySignal<'list' | 'times'>;
  readonly list: ReadonlySignal<ResultsList>;
  readonly filter: ReadonlySignal<ResultsFilter>;
  /** The servers of all receipts seen so far, sorted. */
  readonly servers: ReadonlySignal<readonly string[]>;
  /** The receipt that is shown in detail. */
  readonly opened: ReadonlySignal<Receipt | null>;
  readonly times: ReadonlySignal<TimingsView>;
  /** The running export, or how the last one ended. */
  readonly exporting: ReadonlySignal<ExportState>;
  /** Reads the first page. */
  start(): Promise<void>;
  showMore(): Promise<void>;
  show(view: 'list' | 'times'): void;
  /** Changes part of the filter. The list shows known matches at once. */
  refine(change: Partial<ResultsFilter>): void;
  /** Fetches the servers of all stored receipts. */
  fetchServers(): Promise<void>;
  open(receipt: Receipt): void;
  close(): void;
  /** Returns to the unfiltered list. */
  showAll(): void;
  choosePer(per: Per): void;
  chooseServer(server: string): void;
  readTimes(): Promise<void>;
  exportAs(format: ExportFormat): Promise<void>;
  cancelExport(): Promise<void>;
  showExport(): Promise<void>;
  dismissExport(): void;
}

const PAGE_SIZE = 100;
const SEARCH_DEBOUNCE_MS = 150;
/** Up to this many days make no line, so hours are shown instead. */
const FEW_DAYS = 2;

/** The results in one place, fed by the bridge's events. */
export function createResultsStore(bridge: Bridge): ResultsStore {
  const view = signal<'list' | 'times'>('list');
  const list = signal<ResultsList>({
    receipts: [],
    next: undefined,
    unreadable: 0,
    status: 'idle',
  });
  const filter = signal(noFilter);
  const servers = signal<readonly string[]>([]);
  const opened = signal<Receipt | null>(null);
  const times = signal<TimingsView>({ timings: null, per: 'day', server: null, status: 'idle' });
  const exporting = signal<ExportState>({ phase: 'none' });

  /** Ids of the listed receipts, to skip duplicates. */
  let listedIds = new Set<string>();
  /** Receipts that arrived as events since the first page was requested. */
  let arrived: readonly Receipt[] = [];
  /** Number of the newest request; late replies to older ones are dropped. */
  let lastRequest = 0;
  let searchTimer: ReturnType<typeof setTimeout> | undefined;
  let perChosen = false;
  let lastTimesRequest = 0;
  /** Whether receipts arrived while the times were read. */
  let timesAreStale = false;

  const addServers = (found: readonly string[]): void => {
    const all = new Set([...servers.value, ...found]);
    if (all.size > servers.value.length) servers.value = [...all].toSorted();
  };

  const readPage = async (): Promise<void> => {
    const request = lastRequest;
    let { next } = list.value;
    list.value = { ...list.value, status: 'loading' };
    try {
      for (;;) {
        const page = await bridge.getResults({
          filter: filter.value,
          after: next ?? null,
          limit: PAGE_SIZE,
        });
        if (request !== lastRequest) return;
        const isFirst = next === undefined;
        next = page.next;
        addPage(page, isFirst);
        // A page without matches is not the end.
        if (page.receipts.length > 0 || next === null) return;
        list.value = { ...list.value, status: 'loading' };
      }
    } catch {
      if (request === lastRequest) list.value = { ...list.value, status: 'failed' };
    }
  };

  const addPage = (page: Reply<'getResults'>, isFirst: boolean): void => {
    const { receipts, unreadable } = list.value;
    if (isFirst) listedIds = new Set(arrived.map(({ id }) => id));
    const before = isFirst ? arrived : receipts;
    const added = page.receipts.filter(({ id }) => !listedIds.has(id));
    for (const { id } of added) listedIds.add(id);
    batch(() => {
      list.value = {
        receipts: [...before, ...added],
        next: page.next,
        unreadable: page.unreadable + (isFirst ? 0 : unreadable),
        status: 'idle',
      };
      addServers(added.map(({ address }) => address.server));
    });
  };

  const reload = (): void => {
    lastRequest += 1;
    void readPage();
    if (view.value === 'times') void readTimes();
  };

  const fetchTimings = async (chosen: readonly string[], per: Per): Promise<Timings> => {
    const timings = await bridge.getTimings({
      filter: { ...filter.value, servers: [...chosen] },
      per,
    });
    addServers(timings.servers);
    return timings;
  };

  /** The timings of the chosen server, or else of the one with the most receipts. */
  const timingsOfOne = async (per: Per): Promise<Pick<TimingsView, 'timings' | 'server'>> => {
    const { server } = times.value;
    const { servers: chosen } = filter.value;
    if (server !== null && (chosen.length === 0 || chosen.includes(server))) {
      const timings = await fetchTimings([server], per);
      if (timings.count > 0) return { timings, server };
    }
    const timings = await fetchTimings(chosen, per);
    const most = busiest(timings);
    // Medians of several servers cannot be combined.
    return most !== null && timings.servers.length > 1
      ? { timings: await fetchTimings([most], per), server: most }
      : { timings, server: most };
  };

  const readTimes = async (): Promise<void> => {
    lastTimesRequest += 1;
    const request = lastTimesRequest;
    timesAreStale = false;
    times.value = { ...times.value, status: 'loading' };
    try {
      let { per } = times.value;
      let found = await timingsOfOne(per);
      const days = found.timings?.buckets.length ?? 0;
      if (!perChosen && per === 'day' && days > 0 && days <= FEW_DAYS) {
        per = 'hour';
        found = await timingsOfOne(per);
      }
      if (request === lastTimesRequest) times.value = { ...found, per, status: 'idle' };
    } catch {
      if (request === lastTimesRequest) times.value = { ...times.value, status: 'failed' };
    }
    if (request === lastTimesRequest && timesAreStale) void readTimes();
  };

  const refine = (change: Partial<ResultsFilter>): void => {
    clearTimeout(searchTimer);
    batch(() => {
      filter.value = { ...filter.value, ...change };
      const receipts = list.value.receipts.filter((receipt) => matches(filter.value, receipt));
      // Drops replies to the previous filter.
      lastRequest += 1;
      arrived = [];
      listedIds = new Set(receipts.map(({ id }) => id));
      list.value = { ...list.value, receipts, next: undefined, status: 'loading' };
    });
    if ('text' in change) searchTimer = setTimeout(reload, SEARCH_DEBOUNCE_MS);
    else reload();
  };

  const exportGotNoReply = (): void => {
    exporting.value = { phase: 'over', result: null };
  };

  bridge.on('receipt', (receipt) => {
    if (listedIds.has(receipt.id)) return;
    batch(() => {
      addServers([receipt.address.server]);
      if (!matches(filter.value, receipt)) return;
      listedIds.add(receipt.id);
      arrived = [receipt, ...arrived];
      list.value = { ...list.value, receipts: [receipt, ...list.value.receipts] };
    });
    if (view.value !== 'times') return;
    // Many receipts at once cause only one more read.
    if (times.value.status === 'loading') timesAreStale = true;
    else void readTimes();
  });

  bridge.on('export', ({ written }) => {
    if (exporting.value.phase === 'running') exporting.value = { phase: 'running', written };
  });

  return {
    view,
    list,
    filter,
    servers,
    opened,
    times,
    exporting,
    readTimes,

    async start() {
      lastRequest += 1;
      list.value = { ...list.value, next: undefined };
      await readPage();
    },

    async showMore() {
      const { next, status } = list.value;
      if (status === 'loading' || next === null) return;
      await readPage();
    },

    show(next) {
      view.value = next;
      if (next === 'times') void readTimes();
    },

    refine,

    async fetchServers() {
      const request = bridge.getTimings({ filter: noFilter, per: 'day' });
      // Without a reply, the servers of the listed receipts remain.
      const timings = await request.catch(() => null);
      if (timings) addServers(timings.servers);
    },

    open(receipt) {
      opened.value = receipt;
    },

    close() {
      opened.value = null;
    },

    showAll() {
      opened.value = null;
      view.value = 'list';
      if (isFiltering(filter.value)) refine(noFilter);
    },

    choosePer(per) {
      perChosen = true;
      times.value = { ...times.value, per };
      void readTimes();
    },

    chooseServer(server) {
      times.value = { ...times.value, server };
      void readTimes();
    },

    async exportAs(format) {
      if (exporting.value.phase === 'running') return;
      exporting.value = { phase: 'running', written: 0 };
      const request = bridge.exportResults({ filter: filter.value, format });
      exporting.value = { phase: 'over', result: await request.catch(() => null) };
    },

    cancelExport: () => bridge.cancelExport().catch(exportGotNoReply),
    showExport: () => bridge.showExport().catch(exportGotNoReply),

    dismissExport() {
      exporting.value = { phase: 'none' };
    },
  };
}

/** The server with the most receipts; null where there are none. */
function busiest({ buckets }: Timings): string | null {
  const counts = new Map<string, number>();
  for (const { server, count } of buckets) counts.set(server, (counts.get(server) ?? 0) + count);
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  return most?.[0] ?? null;
}
