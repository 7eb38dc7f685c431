import type { Receipt } from '../../main/results/receipt.ts';

/** A receipt of a forced logoff that the server confirmed, but for what is said otherwise. */
export function receipt(differences: Partial<Receipt> = {}): Receipt {
  return {
    id: 'receipt-1',
    heldId: 'held-1',
    kind: 'agent',
    label: 'Ann',
    address: { server: 'https://chat.example.com', fqSiteName: 'day001_221100_sql_001h' },
    cause: 'quit',
    forced: true,
    outcome: 'ended',
    attempts: 1,
    startedAt: '2026-07-01T09:00:00.000Z',
    finishedAt: '2026-07-01T09:00:00.120Z',
    roundTripMs: 120.4,
    phases: {
      wait: 0,
      dns: 1,
      tcp: 2,
      tls: 3,
      request: 0,
      firstByte: 110,
      download: 4,
      total: 120,
    },
    server: {
      serviceStartTime: '2026-07-01T09:00:00.010Z',
      serviceFinishTime: '2026-07-01T09:00:00.050Z',
      processingMs: 40,
      clientId: '1',
      sequenceNumber: '1',
    },
    networkMs: 80.4,
    clockOffsetMs: 0,
    clockUncertaintyMs: 40,
    implausible: [],
    error: null,
    proxy: null,
    connectedTo: null,
    tried: [],
    reply: null,
    answeredBy: null,
    retryAfterMs: null,
    handedIn: false,
    letGo: false,
    ...differences,
  };
}

/** A receipt of a sign-off that left its session held. */
export function failedReceipt(differences: Partial<Receipt> = {}): Receipt {
  return receipt({
    outcome: 'refused',
    error: { code: 'BUSY', message: 'There are chats.', status: 200 },
    ...differences,
  });
}
