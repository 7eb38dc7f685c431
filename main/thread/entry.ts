// The thread that speaks to chat servers and signs sessions off. See `client.ts`, which starts it.
import { workerData } from 'node:worker_threads';
import type { ThreadData } from './messages.ts';
import { serve } from './server.ts';

// `client.ts` alone starts this.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
serve(workerData as ThreadData);
