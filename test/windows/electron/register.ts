// `node --import register.ts main.js`: the app's `electron` is the stand-in beside this file.
import { registerHooks } from 'node:module';

const standIn = new URL('electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: standIn, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});
