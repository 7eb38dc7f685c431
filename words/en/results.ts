import { createCounting } from '../counting.ts';

const count = createCounting('en');

const counted = (receipts: number) => count(receipts, { one: '# result', other: '# results' });

/** Results, their filters, their timing, and exporting them. */
export const results = {
  title: 'Results',

  /** What became of a sign-off, in a sentence. */
  whatHappened: {
    ended: 'The server ended the session.',
    'already-over': 'The server said that the session was over before Signoff asked.',
    refused: 'The server would not end the session. It stays held.',
    'not-found':
      'What answered is not this chat server, or does not know this site. The session stays held.',
    'server-error': 'The server failed at it. The session stays held.',
    unreachable: 'The server could not be reached. The session stays held.',
    'timed-out': 'The server did not answer in time. The session stays held.',
    unconfirmed:
      'The chat server itself has not said that the session is over. It stays held, and Signoff tries again.',
    /** Where its end was never confirmed, and it left the vault all the same. */
    letGo:
      'The chat server itself never said that the session is over. The server keeps no agent who has been away for so long, so the session is held no more.',
    /** Where the server ended it, and nobody had asked. */
    server: 'The server ended the session by itself. Signoff had not asked for it.',
    /** Where a newer session of the account was handed in. */
    replaced:
      'A newer session of the same account was handed in and took this one’s place. The console was loaded again, it seems; the server knows no older session of it.',
  },
  /** After `already-over`, of an agent session that was handed in. */
  consoleMayHaveAnother:
    'The console may have got a new session id since, by being loaded again: if you are still at work, hand that one in.',
  /** Why it was signed off, standing alone, to choose from. */
  causeNames: {
    asked: 'Asked by you',
    quit: 'Quit',
    shutdown: 'Shutdown',
    signal: 'System signal',
    suspend: 'Sleep',
    lock: 'Screen lock',
    disconnect: 'Session disconnect',
    idle: 'Idle',
    leftover: 'Left over',
    server: 'The server itself',
    replaced: 'Newer session',
  },
  forced: 'forced',
  attempts: (attempts: number) => count(attempts, { one: '# attempt', other: '# attempts' }),

  views: { label: 'View', list: 'List', times: 'Over time' },

  list: {
    label: 'Results, the newest first',
    noneYet: 'No results yet',
    noneYetMore: 'What the server answers to each sign-off will stand here.',
    noneMatch: 'No result matches',
    noneMatchMore: 'Try other words, or take a filter away.',
    loading: 'Reading results…',
    failed: 'The results could not be read.',
    readAgain: 'Read again',
    count: (read: number, more: boolean) =>
      more ? count(read, { other: '#+ results' }) : counted(read),
    unreadable: (lines: number) =>
      count(lines, {
        one: '# stored result could not be read and was skipped.',
        other: '# stored results could not be read and were skipped.',
      }),
    /** Followed by how long all of it took, as is `took`. */
    serverOf: (took: string) => `Server ${took} of`,
    took: 'Took',
  },

  filter: {
    search: 'Search results',
    searchHint: 'Label, server, site, error',
    show: 'Filters',
    from: 'From',
    to: 'To',
    searched: (text: string) => `“${text}”`,
    since: (day: string) => `From ${day}`,
    until: (day: string) => `To ${day}`,
    active: 'Active filters',
    remove: (name: string) => `Remove filter: ${name}`,
    clear: 'Clear all',
  },

  receipt: {
    back: 'Back',
    copyJson: 'Copy as JSON',
    copyText: 'Copy as text',
    copied: 'Copied.',
    notCopied: 'It could not be copied.',
    said: 'What the server said',
    wrong: 'What went wrong',
    code: 'Code',
    status: 'HTTP status',
    message: 'Message',
    noTimes: 'No times were measured: nothing was answered, or the clock was set meanwhile.',
    details: 'All details',
    reply: 'Raw reply',
    replyStatus: (status: number) => `HTTP ${status}`,
    replyCut: 'Only the beginning was kept.',
    replyEmpty: 'The reply was empty.',
    outcome: 'Outcome',
    cause: 'Cause',
    forced: 'Forced',
    yes: 'Yes',
    no: 'No',
    attempts: 'Attempts',
    proxy: 'Proxy',
    connectedTo: 'Connected to',
    tried: 'Addresses tried',
    started: 'Started',
    finished: 'Finished',
    roundTrip: 'Round trip',
    processing: 'Server’s processing',
    network: 'Network',
    serviceStarted: 'Service started',
    serviceFinished: 'Service finished',
    clock: 'Server’s clock',
    clientId: 'Client id',
    sequenceNumber: 'Sequence number',
    technical: 'Technical detail',
    implausible: {
      label: 'Implausible',
      negative: 'The server says that it finished before it started.',
      longer: 'The server says that it worked for longer than the whole round trip took.',
      clock: 'The server’s clock and this computer’s are more than a day apart.',
      other: 'One of the times that the server gives cannot be.',
    },
  },

  waterfall: {
    title: 'Where the time went',
    phases: {
      wait: 'Wait for a connection',
      dns: 'DNS',
      tcp: 'TCP',
      tls: 'TLS',
      request: 'Send',
      firstByte: 'Wait for the answer',
      download: 'Download',
    },
    server: (took: string) => `Server ${took}`,
    network: (took: string) => `Network ${took}`,
    placed: (uncertainty: string) =>
      `The server’s part is drawn in the middle of its wait; it may be ${uncertainty} earlier or later.`,
    table: 'Times as a table',
    part: 'Part',
    began: 'Began after',
    took: 'Took',
    total: 'Total',
  },

  summary: {
    mostlyServer: (took: string, of: string) =>
      `The server took ${took} of ${of}: most of the time.`,
    mostlyPart: (took: string, of: string, part: string) =>
      `The server took ${took} of ${of}; most of the wait was ${part}.`,
    longestPart: (took: string, of: string, part: string) =>
      `The server took ${took} of ${of}; the longest wait was ${part}.`,
    noServerMostly: (of: string, part: string) => `It took ${of}; most of it was ${part}.`,
    noServerLongest: (of: string, part: string) => `It took ${of}; the longest part was ${part}.`,
    noParts: (of: string) => `It took ${of}.`,
    serverOnly: (took: string, of: string) => `The server took ${took} of ${of}.`,
    /** The parts as these sentences name them. */
    parts: {
      wait: 'for a connection',
      dns: 'DNS',
      tcp: 'TCP',
      tls: 'TLS',
      request: 'sending',
      network: 'the network',
      /** Server and network together, where nothing tells them apart. */
      answer: 'waiting for the answer',
      download: 'the download',
    },
  },

  times: {
    typically: 'Typically:',
    per: 'Per',
    hour: 'Hour',
    day: 'Day',
    median: 'Median',
    percentile: '95th percentile',
    outliers: 'Stands out',
    outlier: (took: string, name: string, when: string) => `${took}, ${name}, ${when}`,
    chart: (what: string, low: string, high: string) => `${what}: medians from ${low} to ${high}`,
    bucket: (when: string, median: string, p95: string, receipts: number) =>
      `${when}: median ${median}, 95th percentile ${p95}, ${counted(receipts)}`,
    none: 'No times yet',
    noneMore: 'How long the server and the network take will stand here.',
    noFigures: 'None of these results says how long it took.',
    loading: 'Reading times…',
    failed: 'The times could not be read.',
    looked: (read: number, complete: boolean) =>
      complete ? counted(read) : `Newest ${counted(read)}`,
    table: 'Chart as a table',
    outliersTable: 'Results that stand out',
    begins: 'Begins',
    count: 'Results',
    serverMedian: 'Server, median',
    serverPercentile: 'Server, 95th percentile',
    roundTripMedian: 'Round trip, median',
    roundTripPercentile: 'Round trip, 95th percentile',
    result: 'Result',
  },

  export: {
    as: (format: string) => `Export as ${format}`,
    running: (written: number) => `Exporting… ${counted(written)} so far`,
    saved: (written: number, fileName: string) => `${counted(written)} saved as ${fileName}.`,
    cancelled: 'Export cancelled. Nothing was saved.',
    failed: (why: string) => `The export failed: ${why}`,
    faults: {
      'disk-full': 'The disk is full. Make room, or choose another place.',
      'not-allowed': 'This place may not be written to. Choose another folder.',
      'in-use': 'Another program has this file open. Close it there, or choose another name.',
      'folder-gone': 'The folder is not there any more. Choose another one.',
    },
    /** Where it is none of these; `code` is the system’s. */
    otherFault: (code: string) => `The file could not be written (${code}).`,
    showInFolder: 'Show in folder',
  },
};
