// In place of ajv and ajv-formats in the bundle: conf, under electron-store, brings them for checking
// its content against a JSON schema, which no store here has. They are a quarter of what main loads.

function leftOut(): never {
  throw new Error('Checking by JSON schema is left out of the bundle: see scripts/vite.');
}

export { leftOut as Ajv2020, leftOut as default };
