// An app that has nothing of Signoff but what it is updated by, as it was built: a line in is a step to
// take, a line out is how it ended.
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { app } from 'electron';

/** @type {{ feed: string, network: import('../../../main/chat/network.ts').NetworkSettings, resources: string }} */
const { feed, network, resources } = JSON.parse(process.env['UPDATING'] ?? '');

/** @type {typeof import('../../../main/chat/network.ts')} */
const { createNetwork } = await built('network', 'createNetwork');
/** @type {typeof import('../../../main/chat/route-agent.ts')} */
const { createRouteAgent } = await built('route-agent', 'createRouteAgent');
/** @type {typeof import('../../../main/shell/updates/electron-updater.ts')} */
const { createElectronUpdater } = await built('electron-updater', 'createElectronUpdater');

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

/**
 * A module that the app loads when it needs it. The bundler numbers those whose code another one shares.
 * @param {string} name
 * @param {string} exported
 */
async function built(name, exported) {
  const folder = new URL('../../../out/main/', import.meta.url);
  const files = readdirSync(folder).filter((file) => file.replace(/\d*\.js$/, '') === name);
  for (const file of files) {
    const module = await import(new URL(file, folder).href);
    // oxlint-disable-next-line typescript/no-unsafe-return -- whoever asks says what it is
    if (exported in module) return module;
  }
  throw new Error(`No module ${name} exports ${exported}.`);
}
