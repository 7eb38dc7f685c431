import { createHash } from 'node:crypto';
import { build, parse, type PlistValue } from 'plist';
import * as z from 'zod';
import type { SettingMetadata } from '../../main/settings/metadata.ts';
import { MAC_DOMAIN } from '../../main/settings/policy/macos.ts';

const NAME = 'Signoff';
const ABOUT = 'Settings of Signoff that IT manages';
const EDITION = z.object({ pfm_version: z.number(), pfm_last_modified: z.date() });

/** A configuration profile with IT's settings at their defaults. */
export function macProfile(settings: readonly SettingMetadata[]): string {
  const payload: Record<string, PlistValue> = {
    PayloadType: MAC_DOMAIN,
    PayloadIdentifier: `${MAC_DOMAIN}.policy.settings`,
    PayloadUUID: uuidFor('settings'),
    PayloadVersion: 1,
    PayloadDisplayName: NAME,
  };
  for (const { name, isAgentSetting, default: value } of settings)
    if (!isAgentSetting) payload[name] = value;
  return fileOf({
    PayloadContent: [payload],
    PayloadDescription: ABOUT,
    PayloadDisplayName: NAME,
    PayloadIdentifier: `${MAC_DOMAIN}.policy`,
    PayloadScope: 'System',
    PayloadType: 'Configuration',
    PayloadUUID: uuidFor('profile'),
    PayloadVersion: 1,
    TargetDeviceType: 5,
  });
}

/** The manifest's version: profile editors take the newest. */
export interface Edition {
  readonly version: number;
  readonly modified: Date;
}

/** The manifest for profile editors, in the format of ProfileManifests (version 1). */
export function macManifest(settings: readonly SettingMetadata[], edition: Edition): string {
  return fileOf({
    pfm_description: ABOUT,
    pfm_domain: MAC_DOMAIN,
    pfm_format_version: 1,
    pfm_last_modified: edition.modified,
    pfm_platforms: ['macOS'],
    pfm_subkeys: [...payloadKeys(), ...settings.map(subkey)],
    pfm_targets: ['system', 'user'],
    pfm_title: NAME,
    pfm_unique: true,
    pfm_version: edition.version,
  });
}

/** Reads the edition of a manifest. Throws if it has none. */
export function editionOf(manifest: string): Edition {
  const read = EDITION.parse(parse(manifest));
  return { version: read.pfm_version, modified: read.pfm_last_modified };
}

/** The keys of every payload beside its settings. */
function payloadKeys(): PlistValue[] {
  const key = (name: string, title: string, more: Record<string, PlistValue>): PlistValue => ({
    pfm_name: name,
    pfm_title: title,
    pfm_require: 'always',
    ...more,
  });
  const text = { pfm_type: 'string' };
  return [
    key('PayloadDescription', 'Payload description', { ...text, pfm_default: ABOUT }),
    key('PayloadDisplayName', 'Payload display name', { ...text, pfm_default: NAME }),
    key('PayloadIdentifier', 'Payload identifier', { ...text, pfm_default: MAC_DOMAIN }),
    key('PayloadType', 'Payload type', { ...text, pfm_default: MAC_DOMAIN }),
    key('PayloadUUID', 'Payload UUID', {
      ...text,
      pfm_format: '^[0-9A-Za-z]{8}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{12}$',
    }),
    key('PayloadVersion', 'Payload version', {
      pfm_type: 'integer',
      pfm_default: 1,
      pfm_range_list: [1],
    }),
  ];
}

function subkey(setting: SettingMetadata): PlistValue {
  const { name, kind, title, description, isSecret, default: standard } = setting;
  const common = {
    pfm_name: name,
    pfm_title: title,
    pfm_description: description.replaceAll('`', '"'),
    pfm_default: standard,
    ...(isSecret ? { pfm_sensitive: true } : {}),
  };
  switch (kind.type) {
    case 'switch':
      return { ...common, pfm_type: 'boolean' };
    case 'number':
      return {
        ...common,
        pfm_type: 'integer',
        pfm_range_min: kind.least,
        pfm_range_max: kind.most,
      };
    case 'choice':
      return { ...common, pfm_type: 'string', pfm_range_list: [...kind.choices] };
    case 'text':
      return { ...common, pfm_type: 'string' };
    case 'list':
      return {
        ...common,
        pfm_type: 'array',
        pfm_subkeys: [{ pfm_name: `${name}Item`, pfm_title: title, pfm_type: 'string' }],
      };
  }
}

function fileOf(content: PlistValue): string {
  return `${build(content)}\n`;
}

/** Constant for each part, so that a newer profile replaces the older one. */
function uuidFor(part: string): string {
  const hex = createHash('sha256').update(`${MAC_DOMAIN}/${part}`).digest('hex');
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return [...groups, hex.slice(20, 32)].join('-').toUpperCase();
}
