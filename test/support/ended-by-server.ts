import { NO_PHASES } from '../../main/chat/call-end.ts';
import type { Receipt } from '../../main/results/receipt.ts';
import { receipt } from './receipts.ts';

/** The receipt of a session that the server ended by itself: nothing was asked, nothing took time. */
export function endedByServer(differences: Partial<Receipt> = {}): Receipt {
  return receipt({
    cause: 'server',
    forced: false,
    outcome: 'already-over',
    attempts: 0,
    startedAt: '2026-07-01T09:00:00.000Z',
    finishedAt: '2026-07-01T09:00:00.000Z',
    roundTripMs: null,
    phases: NO_PHASES,
    server: {
      serviceStartTime: null,
      serviceFinishTime: null,
      processingMs: null,
      clientId: null,
      sequenceNumber: null,
    },
    networkMs: null,
    clockOffsetMs: null,
    clockUncertaintyMs: null,
    error: { code: 'HTTP_403', message: 'The agent session identifier is unknown.', status: 403 },
    ...differences,
  });
}
