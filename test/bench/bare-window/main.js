// The least that opens a window from the tray, and shows it when it has something to show.
import path from 'node:path';
import { app, BrowserWindow, nativeImage, Tray } from 'electron';

const icon = nativeImage.createFromBuffer(Buffer.alloc(16 * 16 * 4, 0x7f), {
  width: 16,
  height: 16,
});

const open = () => {
  const window = new BrowserWindow({ width: 480, height: 680, show: false });
  window.once('ready-to-show', () => window.show());
  return window.loadFile(path.join(import.meta.dirname, 'index.html'));
};
const fail = (/** @type {unknown} */ error) => {
  process.stderr.write(`${String(error)}\n`);
  app.exit(1);
};

app.on('window-all-closed', () => undefined);
app
  .whenReady()
  .then(() => {
    const tray = new Tray(icon);
    tray.on('click', () => void open().catch(fail));
    globalThis.tray = tray; // An icon that nothing holds on to is collected.
    process.stderr.write('{"event":"ready"}\n');
  })
  .catch(fail);
