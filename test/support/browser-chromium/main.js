// A browser of one window: the project's own Chromium, for tests of pages that are not Signoff's.
import { app, BrowserWindow } from 'electron';

app
  .whenReady()
  .then(() => new BrowserWindow({ show: false }).loadURL('about:blank'))
  .catch((/** @type {unknown} */ error) => {
    process.stderr.write(`${String(error)}\n`);
    app.exit(1);
  });
