// Generates policy/ and docs/policy-reference.md from the settings' schema.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { artefactPath, policyArtefacts, readArtefact } from './policy/artefacts.ts';

for (const [name, text] of await policyArtefacts(new Date())) {
  const isNew = readArtefact(name) !== text;
  process.stdout.write(`policy: ${name}: ${isNew ? 'written' : 'unchanged'}\n`);
  if (!isNew) continue;
  mkdirSync(path.dirname(artefactPath(name)), { recursive: true });
  writeFileSync(artefactPath(name), text);
}
