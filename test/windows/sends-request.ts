// The worker of `waits-for-worker.ts`: posts the status of what it was told to request, and wakes who waits.
import { request } from 'node:http';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';

const { settled, results }: { settled: Int32Array; results: MessagePort } = workerData;

parentPort?.on('message', (url: string) => {
  request(url, { method: 'POST' }, (response) => {
    response.resume().once('end', () => {
      results.postMessage(response.statusCode, []);
      Atomics.store(settled, 0, 1);
      Atomics.notify(settled, 0);
    });
  }).end('{}');
});
parentPort?.postMessage('up', []);
