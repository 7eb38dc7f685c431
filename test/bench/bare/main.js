// The least that can sit in the tray: what any Electron app costs that has an icon there.
import { app, nativeImage, Tray } from 'electron';

const icon = nativeImage.createFromBuffer(Buffer.alloc(16 * 16 * 4, 0x7f), {
  width: 16,
  height: 16,
});

app
  .whenReady()
  .then(() => {
    globalThis.tray = new Tray(icon); // An icon that nothing holds on to is collected.
    process.stderr.write('{"event":"ready"}\n');
  })
  .catch((/** @type {unknown} */ error) => {
    process.stderr.write(`${String(error)}\n`);
    app.exit(1);
  });
