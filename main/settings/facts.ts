import * as z from 'zod';
import {
  isAgents,
  type SettingName,
  type Settings,
  settingsSchema,
  WHEN_UNUSABLE,
} from './schema.ts';

/** What form a setting's value has. */
export type SettingKind =
  | { readonly type: 'switch' }
  | { readonly type: 'number'; readonly least: number; readonly most: number }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  | { readonly type: 'text'; readonly longest: number }
  | { readonly type: 'list'; readonly most: number };

/** What is known of a setting, read off the schema. */
export interface SettingFacts {
  readonly name: SettingName;
  readonly kind: SettingKind;
  readonly default: Settings[SettingName];
  /** What counts where a policy's value cannot be used; null where that is passed over. */
  readonly whenUnusable: Settings[SettingName] | null;
  /** The agent may change it while no policy sets it; if not, IT alone may. */
  readonly isAgents: boolean;
  /** Its value is shown nowhere. */
  readonly isSecret: boolean;
  readonly title: string;
  /** What it does, and what happens where it is left out. */
  readonly description: string;
  /** The value's own schema, without the default. */
  readonly schema: z.ZodType;
}

/** Every setting by its name, and nothing that an object has besides; in the order of the schema. */
export const FACTS: ReadonlyMap<string, SettingFacts> = new Map(
  settingsSchema.keyof().options.map((name) => [name, factsOf(name)]),
);

function factsOf(name: SettingName): SettingFacts {
  const field = settingsSchema.shape[name];
  const { title = '', description = '', writeOnly = false } = field.meta() ?? {};
  return {
    name,
    kind: kindOf(field.unwrap()),
    default: field.parse(undefined),
    whenUnusable: WHEN_UNUSABLE.get(field)?.value ?? null,
    isAgents: isAgents(name),
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

/** What a value of this kind can be, to stand behind "must be". */
export function canBe(kind: SettingKind): string {
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
