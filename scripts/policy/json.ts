import * as z from 'zod';
import type { SettingMetadata } from '../../main/settings/metadata.ts';
import { settingsSchema } from '../../main/settings/schema.ts';

/** The JSON schema of a policy file, for editors and generators. */
export function jsonSchema(): string {
  const whole = z.toJSONSchema(settingsSchema, { io: 'input' });
  return json({
    $schema: whole.$schema,
    title: "Signoff's policy",
    type: 'object',
    properties: { $schema: { type: 'string' }, ...whole.properties },
    additionalProperties: false,
  });
}

/** A policy file for Linux with IT's settings at their defaults. */
export function linuxExample(settings: readonly SettingMetadata[]): string {
  const forIt = settings.filter(({ isAgentSetting }) => !isAgentSetting);
  return json(Object.fromEntries(forIt.map((setting) => [setting.name, setting.default])));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
