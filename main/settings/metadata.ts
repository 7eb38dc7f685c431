import * as z from 'zod';
import {
  isAgentSetting,
  type SettingName,
  type Settings,
  settingsSchema,
  FALLBACKS,
} from './schema.ts';

/** The form of a setting's value. */
export type SettingKind =
  | { readonly type: 'switch' }
  | { readonly type: 'number'; readonly least: number; readonly most: number }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  | { readonly type: 'text'; readonly longest: number }
  | { readonly type: 'list'; readonly most: number };

/** A setting as the schema declares it. */
export interface SettingMetadata {
  readonly name: SettingName;
  readonly kind: SettingKind;
  readonly default: Settings[SettingName];
  /** Counts in place of a policy's invalid value; null if an invalid value is ignored. */
  readonly fallback: Settings[SettingName] | null;
  /** The agent may change it while no policy sets it; otherwise only IT may. */
  readonly isAgentSetting: boolean;
  /** Its value is never shown. */
  readonly isSecret: boolean;
  readonly title: string;
  /** What it does, and what applies if it is left out. */
  readonly description: string;
  /** The value's own schema, without the default. */
  readonly schema: z.ZodType;
}

/** Every setting by its name, in the order of the schema. A Map has no inherited names. */
export const METADATA: ReadonlyMap<string, SettingMetadata> = new Map(
  settingsSchema.keyof().options.map((name) => [name, metadataOf(name)]),
);

function metadataOf(name: SettingName): SettingMetadata {
  const field = settingsSchema.shape[name];
  const { title = '', description = '', writeOnly = false } = field.meta() ?? {};
  return {
    name,
    kind: kindOf(field.unwrap()),
    default: field.parse(undefined),
    fallback: FALLBACKS.get(field)?.value ?? null,
    isAgentSetting: isAgentSetting(name),
    isSecret: writeOnly === true,
    title,
    description,
    schema: field.unwrap(),
  };
}

function kindOf(schema: z.ZodType): SettingKind {
  if (schema instanceof z.ZodBoolean) return { type: 'switch' };
  if (schema instanceof z.ZodNumber) {
    return { type: 'number', least: bound(schema.minValue), most: bound(schema.maxValue) };
  }
  if (schema instanceof z.ZodEnum) return { type: 'choice', choices: schema.options.map(String) };
  if (schema instanceof z.ZodString) return { type: 'text', longest: bound(schema.maxLength) };
  if (schema instanceof z.ZodArray) {
    const { maxItems } = schema.meta() ?? {};
    return { type: 'list', most: bound(typeof maxItems === 'number' ? maxItems : null) };
  }
  throw new Error('A setting is of a form that policies cannot have.');
}

function bound(value: number | null): number {
  if (value === null) throw new Error('A setting has no bound.');
  return value;
}

/** Describes the values of a kind, to follow "must be". */
export function describeKind(kind: SettingKind): string {
  switch (kind.type) {
    case 'switch':
      return 'true or false';
    case 'number':
      return `a whole number from ${kind.least} to ${kind.most}`;
    case 'choice':
      return `one of ${kind.choices.map((choice) => `"${choice}"`).join(', ')}`;
    case 'text':
      return `text of at most ${kind.longest} characters`;
    case 'list':
      return `a list of at most ${kind.most} texts`;
  }
}
