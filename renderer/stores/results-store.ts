import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Bridge, Reply, Request, Timings } from '../../preload/contract.ts';
import { isFiltering, matches, noFilter, type ResultsFilter } from '../model/results-filter.ts';
import type { Receipt } from '../model/types.ts';

export type ExportFormat = Request<'exportResults'>['format'];
export type Per = Request<'getTimings'>['per'];
type Status = 'idle' | 'loading' | 'failed';

/** The receipts that the filter leaves in, as far as they have been read. */
export interface ResultsList {
  /** Newest first. */
  readonly receipts: readonly Receipt[];
  /** Where the next page begins: null at the end, undefined before the first page came. */
  readonly next: string | null | undefined;
  /** Stored lines that could not be read. */
  readonly unreadable: number;
  readonly status: Status;
}

/** How long server and network took over time, of one server. */
export interface TimingsView {
  /** Null before they were first read. */
  readonly timings: Timings | null;
  readonly per: Per;
  /** Whose times they are; null where no server has any. */
  readonly server: string | null;
  readonly status: Status;
}

export type ExportState =
  | { readonly phase: 'none' }
  | { readonly phase: 'running'; readonly written: number }
  | { readonly phase: 'over'; readonly result: Reply<'exportResults'> | null };

/** The results, what is chosen of them, and what can be asked of them. */
export interface ResultsStore {
  readonly view: ReadonlySignal<'list' | 'times'>;
  readonly list: ReadonlySignal<ResultsList>;
  readonly filter: ReadonlySignal<ResultsFilter>;
  /** Every server that a receipt named so far, sorted. */
  readonly servers: ReadonlySignal<readonly string[]>;
  /** The receipt that is shown by itself. */
  readonly opened: ReadonlySignal<Receipt | null>;
  readonly times: ReadonlySignal<TimingsView>;
  /** The export that runs, or how the last one ended. */
  readonly exporting: ReadonlySignal<ExportState>;
  /** Reads the first page; also again, after a failure. */
  start(): Promise<void>;
  showMore(): Promise<void>;
  show(view: 'list' | 'times'): void;
  /** Changes a part of the filter; the list shows at once what of it is known to match. */
  refine(change: Partial<ResultsFilter>): void;
  /** Asks for every server that there are receipts of. */
  findServers(): Promise<void>;
  open(receipt: Receipt): void;
  close(): void;
  /** Goes back to the list of all, whatever was shown. */
  showAll(): void;
  choosePer(per: Per): void;
  chooseServer(server: string): void;
  readTimes(): Promise<void>;
  exportAs(format: ExportFormat): Promise<void>;
  cancelExport(): Promise<void>;
  showExport(): Promise<void>;
  dismissExport(): void;
}

const PAGE = 100;
/** How long typing has to pause before what was typed is searched for. */
const TYPING_MS = 150;
/** Days that are too few to be a line. */
const FEW_BUCKETS = 2;

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

  /** Of the receipts in the list, so that none comes twice. */
  let known = new Set<string>();
  /** Those that came by themselves since the first page was asked for. */
  let arrived: readonly Receipt[] = [];
  /** Counts what was asked for, so that a late reply to an older question is dropped. */
  let asked = 0;
  let typing: ReturnType<typeof setTimeout> | undefined;
  let perChosen = false;
  let timesAsked = 0;
  /** Whether there are receipts that came while the times were read. */
  let timesAreOld = false;

  const learnServers = (found: readonly string[]): void => {
    const all = new Set([...servers.value, ...found]);
    if (all.size > servers.value.length) servers.value = [...all].toSorted();
  };

  const readPage = async (): Promise<void> => {
    const question = asked;
    let { next } = list.value;
    list.value = { ...list.value, status: 'loading' };
    try {
      for (;;) {
        const page = await bridge.getResults({
          filter: filter.value,
          after: next ?? null,
          limit: PAGE,
        });
        if (question !== asked) return;
        const isFirst = next === undefined;
        next = page.next;
        takePage(page, isFirst);
        // A page on which nothing matched is not the end.
        if (page.receipts.length > 0 || next === null) return;
        list.value = { ...list.value, status: 'loading' };
      }
    } catch {
      if (question === asked) list.value = { ...list.value, status: 'failed' };
    }
  };

  const takePage = (page: Reply<'getResults'>, isFirst: boolean): void => {
    const { receipts, unreadable } = list.value;
    if (isFirst) known = new Set(arrived.map(({ id }) => id));
    const before = isFirst ? arrived : receipts;
    const added = page.receipts.filter(({ id }) => !known.has(id));
    for (const { id } of added) known.add(id);
    batch(() => {
      list.value = {
        receipts: [...before, ...added],
        next: page.next,
        unreadable: page.unreadable + (isFirst ? 0 : unreadable),
        status: 'idle',
      };
      learnServers(added.map(({ address }) => address.server));
    });
  };

  const reload = (): void => {
    asked += 1;
    void readPage();
    if (view.value === 'times') void readTimes();
  };

  const askTimes = async (wanted: readonly string[], per: Per): Promise<Timings> => {
    const timings = await bridge.getTimings({
      filter: { ...filter.value, servers: [...wanted] },
      per,
    });
    learnServers(timings.servers);
    return timings;
  };

  /** One server's times: the chosen one's, or else those of the one with the most receipts. */
  const timesOfOne = async (per: Per): Promise<Pick<TimingsView, 'timings' | 'server'>> => {
    const { server } = times.value;
    const { servers: wanted } = filter.value;
    if (server !== null && (wanted.length === 0 || wanted.includes(server))) {
      const timings = await askTimes([server], per);
      if (timings.count > 0) return { timings, server };
    }
    const timings = await askTimes(wanted, per);
    const most = busiest(timings);
    // Medians of several servers do not add up to one.
    return most !== null && timings.servers.length > 1
      ? { timings: await askTimes([most], per), server: most }
      : { timings, server: most };
  };

  const readTimes = async (): Promise<void> => {
    timesAsked += 1;
    const question = timesAsked;
    timesAreOld = false;
    times.value = { ...times.value, status: 'loading' };
    try {
      let { per } = times.value;
      let found = await timesOfOne(per);
      const days = found.timings?.buckets.length ?? 0;
      if (!perChosen && per === 'day' && days > 0 && days <= FEW_BUCKETS) {
        per = 'hour';
        found = await timesOfOne(per);
      }
      if (question === timesAsked) times.value = { ...found, per, status: 'idle' };
    } catch {
      if (question === timesAsked) times.value = { ...times.value, status: 'failed' };
    }
    if (question === timesAsked && timesAreOld) void readTimes();
  };

  const refine = (change: Partial<ResultsFilter>): void => {
    clearTimeout(typing);
    batch(() => {
      filter.value = { ...filter.value, ...change };
      const receipts = list.value.receipts.filter((receipt) => matches(filter.value, receipt));
      // What was on its way belongs to another question.
      asked += 1;
      arrived = [];
      known = new Set(receipts.map(({ id }) => id));
      list.value = { ...list.value, receipts, next: undefined, status: 'loading' };
    });
    if ('text' in change) typing = setTimeout(reload, TYPING_MS);
    else reload();
  };

  bridge.on('receipt', (receipt) => {
    if (known.has(receipt.id)) return;
    batch(() => {
      learnServers([receipt.address.server]);
      if (!matches(filter.value, receipt)) return;
      known.add(receipt.id);
      arrived = [receipt, ...arrived];
      list.value = { ...list.value, receipts: [receipt, ...list.value.receipts] };
    });
    if (view.value !== 'times') return;
    // Of many receipts at once, only the last is worth another look at all of them.
    if (times.value.status === 'loading') timesAreOld = true;
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
      asked += 1;
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

    async findServers() {
      const ask = bridge.getTimings({ filter: noFilter, per: 'day' });
      // Without an answer there are still the servers that receipts have named.
      const timings = await ask.catch(() => null);
      if (timings) learnServers(timings.servers);
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
      try {
        const result = await bridge.exportResults({ filter: filter.value, format });
        exporting.value = { phase: 'over', result };
      } catch {
        exporting.value = { phase: 'over', result: null };
      }
    },

    async cancelExport() {
      try {
        await bridge.cancelExport();
      } catch {
        exporting.value = { phase: 'over', result: null };
      }
    },

    async showExport() {
      try {
        await bridge.showExport();
      } catch {
        exporting.value = { phase: 'over', result: null };
      }
    },

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
