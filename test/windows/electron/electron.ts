// What the main process takes of Electron, on plain Node for Windows: nothing is shown, the lock and the
// encryption are simple, and the session's end comes from a real window, with Electron's own way to go.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers';
import * as z from 'zod';

const manifest = z.object({ version: z.string() });

/** Answers every method that it does not have with nothing. */
function quiet<T extends object>(part: T): T {
  return new Proxy(part, {
    get: (target, name) =>
      name in target || typeof name === 'symbol' || name === 'then'
        ? Reflect.get(target, name)
        : () => undefined,
  });
}

/** Told on standard error, where a test reads it. */
function told(what: string): void {
  process.stderr.write(`stand-in: ${what}\n`);
}

const userData = path.join(process.env['APPDATA'] ?? homedir(), 'Signoff');
const paths: Record<string, string> = { userData };

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly name = 'Signoff';
  #isQuitting = false;
  #ready: Promise<void> | null = null;

  getVersion(): string {
    const file = path.join(this.getAppPath(), 'package.json');
    return manifest.parse(JSON.parse(readFileSync(file, 'utf8'))).version;
  }

  getName(): string {
    return this.name;
  }

  getAppPath(): string {
    return path.resolve(import.meta.dirname, '../../..');
  }

  getPath(name: string): string {
    if (name === 'logs') return path.join(this.getPath('userData'), 'logs');
    return paths[name] ?? path.join(homedir(), name);
  }

  setPath(name: string, folder: string): void {
    paths[name] = folder;
  }

  setAppUserModelId(): void {}

  getPreferredSystemLanguages(): string[] {
    return ['en-US'];
  }

  whenReady(): Promise<void> {
    this.#ready ??= new Promise((resolve) => {
      setImmediate(() => {
        saveKey(this.getPath('userData'));
        // As Chromium does: the process stays until it is told to go.
        setInterval(() => undefined, 60_000);
        this.emit('ready');
        resolve();
      });
    });
    return this.#ready;
  }

  async resolveProxy(): Promise<string> {
    return 'DIRECT';
  }

  /** There is no Chromium for them. */
  readonly commandLine = { getSwitchValue: () => '', appendSwitch: () => undefined };

  /** A file with the process's number: the lock of one that is gone counts no more. */
  requestSingleInstanceLock(): boolean {
    mkdirSync(this.getPath('userData'), { recursive: true });
    const lock = path.join(this.getPath('userData'), 'lock');
    if (isAlive(lock)) return false;
    writeFileSync(lock, String(process.pid));
    return true;
  }

  /** It ends with the process. */
  releaseSingleInstanceLock(): void {}

  getLoginItemSettings(): object {
    return { openAtLogin: false, executableWillLaunchAtLogin: false, launchItems: [] };
  }

  setLoginItemSettings(): void {}

  quit(): void {
    let isPrevented = false;
    this.#isQuitting = true;
    this.emit('before-quit', { preventDefault: () => (isPrevented = true) });
    this.#isQuitting = !isPrevented;
    if (isPrevented) return;
    this.emit('will-quit', {});
    this.exit();
  }

  exit(code = 0): void {
    this.emit('quit', {}, code);
    process.exit(code);
  }

  isQuitting(): boolean {
    return this.#isQuitting;
  }
}

/** As Chromium keeps it, protected by the system; Chromium writes it some time later. */
function saveKey(profile: string): void {
  const state = { os_crypt: { encrypted_key: 'the key' } };
  mkdirSync(profile, { recursive: true });
  writeFileSync(path.join(profile, 'Local State'), JSON.stringify(state));
}

function isAlive(lock: string): boolean {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    if (owner === process.pid) return false;
    process.kill(owner, 0);
    return true;
  } catch {
    return false; // no lock, or nobody's
  }
}

export const app = new App();

const key = createHash('sha256').update('stand-in for DPAPI').digest();
const IV_BYTES = 12;
const TAG_BYTES = 16;
export const safeStorage = {
  isEncryptionAvailable: () => true,
  encryptString(plain: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  },
  decryptString(sealed: Buffer): string {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES));
    decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const text = sealed.subarray(IV_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  },
};

// Windows' `ENDSESSION_…`, as Electron names them (`shell/browser/native_window_views_win.cc`).
const REASONS: readonly (readonly [flag: number, reason: string])[] = [
  [0x00000001, 'close-app'],
  [0x40000000, 'critical'],
  [0x80000000, 'logoff'],
];

function reasonsOf(flags: number): string[] {
  if (flags === 0) return ['shutdown'];
  return REASONS.filter(([flag]) => (flags & flag) !== 0).map(([, reason]) => reason);
}

/** The hidden window that hears of the session's end: a real one, unless the process is a command's. */
export class BaseWindow extends EventEmitter {
  constructor() {
    super();
    void this.#open();
  }

  isDestroyed(): boolean {
    return false;
  }

  async #open(): Promise<void> {
    const { endThisProcess, openWindow } = await import('../window.ts');
    openWindow({
      onQuery: (flags) => {
        let isPrevented = false;
        const event = { reasons: reasonsOf(flags), preventDefault: () => (isPrevented = true) };
        this.emit('query-session-end', event);
        return !isPrevented;
      },
      onEnd: (isEnding, flags) => {
        if (!isEnding) return; // Electron drops it
        this.emit('session-end', { reasons: reasonsOf(flags) });
        // So does Electron since 45 (electron#52604).
        if (!app.isQuitting()) endThisProcess();
      },
    });
    told('listens for the end of the session');
  }
}

class QuietEmitter extends EventEmitter {
  constructor() {
    super();
    return quiet(this);
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = quiet(new EventEmitter());

  constructor() {
    super();
    told('opens its window');
    return quiet(this);
  }

  async loadURL(): Promise<void> {}
}

export class Tray extends QuietEmitter {}

export class Notification extends QuietEmitter {
  static isSupported(): boolean {
    return true;
  }
}

export const Menu = { setApplicationMenu: () => undefined, buildFromTemplate: () => ({}) };
export const nativeImage = { createFromPath: () => ({}) };
export const nativeTheme = quiet(
  Object.assign(new EventEmitter(), { shouldUseDarkColorsForSystemIntegratedUI: false }),
);
export const powerMonitor = quiet(
  Object.assign(new EventEmitter(), { getSystemIdleTime: () => 0 }),
);
export const net = { isOnline: () => true };
export const ipcMain = quiet(new EventEmitter());
export const session = { defaultSession: quiet({ protocol: quiet({}) }) };
export const protocol = quiet({});
export const shell = quiet({});
export const clipboard = quiet({});
export const dialog = {
  showErrorBox: (title: string, text: string) => told(`an error box: ${title}: ${text}`),
};
export const autoUpdater = quiet(new EventEmitter());

// Packages that the app brings take all of it.
export default {
  app,
  autoUpdater,
  BaseWindow,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  Tray,
};
