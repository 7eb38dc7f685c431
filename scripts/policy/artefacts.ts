import { readFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { isMissing } from '../../main/common/error-code.ts';
import { METADATA } from '../../main/settings/metadata.ts';
import { MAC_DOMAIN } from '../../main/settings/policy/macos.ts';
import { adml, admx } from './admx.ts';
import { jsonSchema, linuxExample } from './json.ts';
import { editionOf, macManifest, macProfile } from './mac-profile.ts';
import { reference } from './reference.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MANIFEST = `policy/macos/${MAC_DOMAIN}.plist`;

/**
 * Every file that is generated from the settings' schema, by its path. Only a manifest that has changed gets
 * a new version and date.
 */
export async function policyArtefacts(today: Date): Promise<ReadonlyMap<string, string>> {
  const settings = [...METADATA.values()];
  return new Map([
    ['policy/windows/Signoff.admx', admx(settings)],
    ['policy/windows/en-US/Signoff.adml', adml(settings)],
    [`policy/macos/${MAC_DOMAIN}.mobileconfig`, macProfile(settings)],
    [MANIFEST, nextManifest(readArtefact(MANIFEST), today)],
    ['policy/linux/policy.json', await pretty('policy.json', linuxExample(settings))],
    ['policy/policy.schema.json', await pretty('policy.schema.json', jsonSchema())],
    ['docs/policy-reference.md', await pretty('policy-reference.md', reference(settings))],
  ]);
}

export function artefactPath(name: string): string {
  return path.join(ROOT, name);
}

/** An artefact's current content; empty if it is missing. */
export function readArtefact(name: string): string {
  try {
    return readFileSync(artefactPath(name), 'utf8');
  } catch (error) {
    if (isMissing(error)) return '';
    throw error;
  }
}

function nextManifest(now: string, today: Date): string {
  const settings = [...METADATA.values()];
  if (now === '') return macManifest(settings, { version: 1, modified: today });
  const edition = editionOf(now);
  if (macManifest(settings, edition) === now) return now;
  return macManifest(settings, { version: edition.version + 1, modified: today });
}

/** Formats as the project's other files. */
async function pretty(name: string, text: string): Promise<string> {
  const config = await resolveConfig(path.join(ROOT, name));
  return format(text, { ...config, filepath: name });
}
