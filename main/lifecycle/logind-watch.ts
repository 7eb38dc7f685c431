import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { createListeners } from '../common/listeners.ts';
import type { SessionSign, SessionWatch } from './away.ts';

const LOGIND = 'org.freedesktop.login1';
const SESSION = LOGIND.replaceAll('.', String.raw`\.`) + String.raw`\.Session`;
const SIGNAL = new RegExp(`: ${SESSION}\\.(Lock|Unlock) \\(\\)$`);
const CHANGED = new RegExp(`PropertiesChanged \\('${SESSION}', \\{(.*)\\}`);

/**
 * Watches a login session on the system bus, through GLib's `gdbus`: Electron tells of no lock on Linux. The
 * session's desktop sets `LockedHint` while it is locked; one that does not is still asked to lock by `Lock`.
 * `Active` is false while another person's session has the screen. By setpriv the program goes with this process,
 * however that ends.
 */
export function createLogindWatch(
  sessionId: string,
  onFault: (error: unknown) => void,
): SessionWatch {
  const listeners = createListeners<[sign: SessionSign]>();
  let watcher: ChildProcess | null = null;

  return {
    start() {
      if (watcher !== null) return;
      const gdbus = ['gdbus', 'monitor', '--system', '--dest', LOGIND];
      const started = spawn(
        'setpriv',
        ['--pdeathsig', 'TERM', ...gdbus, '--object-path', sessionPath(sessionId)],
        { stdio: ['ignore', 'pipe', 'ignore'] },
      );
      const signs = createSignReader();
      createInterface({ input: started.stdout }).on('line', (line) => {
        if (watcher !== started) return;
        for (const sign of signs(line)) listeners.notify(sign);
      });
      started.once('error', (error) => {
        if (watcher === started) watcher = null;
        onFault(error);
      });
      started.once('exit', (code, signal) => {
        if (watcher !== started) return;
        watcher = null;
        onFault(new Error(`gdbus monitor ended by itself (${code ?? signal})`));
      });
      watcher = started;
    },
    stop() {
      const stopped = watcher;
      watcher = null;
      stopped?.kill();
    },
    onSign: listeners.add,
  };
}

/**
 * Reads what `gdbus monitor` writes, a line for each signal. A lock that is asked for and then set by the desktop
 * is one.
 */
export function createSignReader(): (line: string) => SessionSign[] {
  let isAskedFor = false;
  let isHinted = false;

  const locked = (): SessionSign[] => (isAskedFor || isHinted ? [] : ['locked']);
  const unlocked = (): SessionSign[] => {
    isAskedFor = false;
    isHinted = false;
    return ['unlocked'];
  };

  return (line) => {
    const signal = SIGNAL.exec(line)?.[1];
    if (signal === 'Unlock') return unlocked();
    if (signal === 'Lock') {
      const signs: SessionSign[] = isHinted ? [] : ['locked'];
      isAskedFor = true;
      return signs;
    }
    const changed = CHANGED.exec(line)?.[1] ?? '';
    const signs: SessionSign[] = [];
    const hint = /'LockedHint': <(true|false)>/.exec(changed)?.[1];
    if (hint === 'false') signs.push(...unlocked());
    if (hint === 'true') {
      signs.push(...locked());
      isHinted = true;
      isAskedFor = false;
    }
    const active = /'Active': <(true|false)>/.exec(changed)?.[1];
    if (active !== undefined) signs.push(active === 'true' ? 'reconnected' : 'disconnected');
    return signs;
  };
}

/** As logind names its objects: each byte that D-Bus does not allow there, and a digit that comes first, in hexadecimal. */
export function sessionPath(sessionId: string): string {
  const name = [...Buffer.from(sessionId)]
    .map((byte, index) => {
      const character = String.fromCharCode(byte);
      const isPlain = /[a-z]/i.test(character) || (index > 0 && /\d/.test(character));
      return isPlain ? character : `_${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
  return `/org/freedesktop/login1/session/${name}`;
}
