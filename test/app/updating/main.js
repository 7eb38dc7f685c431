// An app that has nothing of Signoff but what it is updated by, as it was built: a line in is a step to
// take, a line out is how it ended.
import { createInterface } from 'node:readline';
import { app } from 'electron';

/** @type {{ feed: string, network: import('../../../main/chat/network.ts').NetworkSettings, resources: string }} */
const { feed, network, resources } = JSON.parse(process.env['UPDATING'] ?? '');

/** @type {typeof import('../../../main/chat/network.ts')} */
const { createNetwork } = await import(built('network'));
/** @type {typeof import('../../../main/chat/route-agent.ts')} */
const { createRouteAgent } = await import(built('route-agent'));
/** @type {typeof import('../../../main/shell/updates/electron-updater.ts')} */
const { createElectronUpdater } = await import(built('electron-updater'));

// What being packaged would have made of it.
Object.defineProperty(app, 'isPackaged', { value: true });
Object.defineProperty(process, 'resourcesPath', { value: resources });

const { routes } = createNetwork({
  settings: () => network,
  systemProxy: { resolve: async () => 'DIRECT', keepReady: () => undefined },
  onProblem: () => undefined,
});
const updater = createElectronUpdater({ url: feed, channel: 'latest' }, createRouteAgent(routes));
let abort = new AbortController();

createInterface({ input: process.stdin }).on('line', (step) => {
  take(step).then(
    (result) => say({ step, result: result ?? null }),
    (/** @type {unknown} */ error) => say({ step, error: String(error) }),
  );
});

/** @param {string} step */
async function take(step) {
  if (step === 'check') return updater.check();
  if (step === 'install') return updater.install();
  if (step === 'abort') return abort.abort();
  abort = new AbortController();
  return updater.download(abort.signal);
}

/** @param {object} end */
function say(end) {
  process.stdout.write(`${JSON.stringify(end)}\n`);
}

/** @param {string} name */
function built(name) {
  return new URL(`../../../out/main/${name}.js`, import.meta.url).href;
}
