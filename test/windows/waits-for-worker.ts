// `waits-for-worker.ts URL`: within the call in which Windows asks whether the session may end, the main thread
// has a worker send a request, and waits for the answer. At Windows' next word the process ends on the spot.
import { writeSync } from 'node:fs';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { endThisProcess, openWindow } from './window.ts';

const LIMIT_MS = 3_500;
const say = (text: string): void => void writeSync(process.stderr.fd, `${text}\n`);

const settled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
const { port1: results, port2 } = new MessageChannel();
const worker = new Worker(new URL('sends-request.ts', import.meta.url), {
  workerData: { settled, results: port2 },
  transferList: [port2],
});

worker.once('message', () => {
  openWindow({
    onQuery(flags) {
      worker.postMessage(process.argv[2], []);
      Atomics.wait(settled, 0, 0, LIMIT_MS);
      say(`asked with ${flags}: ${receiveMessageOnPort(results)?.message}`);
      return true;
    },
    onEnd() {
      say('told');
      endThisProcess();
    },
  });
  say('ready');
});
