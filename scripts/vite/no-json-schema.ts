// Replaces ajv and ajv-formats in the bundle, a quarter of what main loads: conf, used by electron-store,
// needs them only for JSON schemas, which no store here has.

function leftOut(): never {
  throw new Error('Checking by JSON schema is left out of the bundle: see scripts/vite.');
}

export { leftOut as Ajv2020, leftOut as default };
