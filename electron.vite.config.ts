import path from 'node:path';
import { defineConfig } from 'electron-vite';
import { callNames } from './preload/contract.ts';
import { ascii } from './scripts/vite/ascii.ts';
import { trayIcons } from './scripts/vite/tray-icons.ts';

// Each part has everything in it: nothing is looked up in node_modules at run time. The targets are the
// oldest Electron that has to run it, 33. Made small because V8 keeps the source of what runs in memory.
const node = 'node20.18';
const chrome = 'chrome130';

export default defineConfig({
  main: {
    plugins: [trayIcons(), ascii()],
    resolve: {
      alias: [
        {
          find: /^ajv(-formats|\/dist\/2020\.js)$/,
          replacement: path.resolve('scripts/vite/no-json-schema.ts'),
        },
      ],
    },
    build: {
      target: node,
      minify: true,
      outDir: 'out/main',
      externalizeDeps: false,
      rolldownOptions: {
        input: { main: 'main/main.ts', thread: 'main/thread/entry.ts' },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  },
  preload: {
    define: { CALL_NAMES: JSON.stringify(callNames) },
    build: {
      target: node,
      minify: true,
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'preload/preload.ts' },
        // A sandboxed preload has to be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'renderer',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      target: chrome,
      outDir: 'out/renderer',
      rolldownOptions: {
        input: 'renderer/index.html',
        output: { codeSplitting: false },
      },
    },
  },
});
