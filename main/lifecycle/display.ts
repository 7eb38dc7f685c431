import { connect, type NetConnectOpts } from 'node:net';
import path from 'node:path';
import { systemClock, within } from '../common/clock.ts';

const CONNECTS_WITHIN_MS = 2_000;
/** Of the first X display that is reached by the network. */
const X_PORT = 6000;

/**
 * Why there is no display on Linux, in words; null where one answers. Without one Chromium crashes, which looks like a
 * fault of the app's.
 */
export async function missingDisplay(env: NodeJS.ProcessEnv): Promise<string | null> {
  const named = ['WAYLAND_DISPLAY', 'DISPLAY'].filter((name) => (env[name] ?? '') !== '');
  if (named.length === 0) return 'There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set.';
  const found = await Promise.all([...waylandAt(env), ...xAt(env)].map(answers));
  if (found.includes(true)) return null;
  return `There is no display: ${named.map((name) => `${name} is ${env[name]}`).join(', ')}, where nothing answers.`;
}

function waylandAt(env: NodeJS.ProcessEnv): NetConnectOpts[] {
  const name = env['WAYLAND_DISPLAY'] ?? '';
  return name === '' ? [] : [{ path: path.resolve(env['XDG_RUNTIME_DIR'] ?? '/', name) }];
}

/** By X(7): `host:number.screen`; without a host, or with `unix`, on this machine. */
function xAt(env: NodeJS.ProcessEnv): NetConnectOpts[] {
  const [, host = '', number] = /^(.*):(\d+)(?:\.\d+)?$/.exec(env['DISPLAY'] ?? '') ?? [];
  if (number === undefined) return [];
  if (host !== '' && host !== 'unix') return [{ host, port: X_PORT + Number(number) }];
  // Also where Linux has names that are no files.
  return ['', '\0'].map((before) => ({ path: `${before}/tmp/.X11-unix/X${number}` }));
}

async function answers(at: NetConnectOpts): Promise<boolean> {
  const socket = connect(at);
  const connected = new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  const answered = await within(systemClock, CONNECTS_WITHIN_MS, connected);
  socket.destroy();
  return answered === true;
}
