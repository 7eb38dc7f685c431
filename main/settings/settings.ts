import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Every setting, with its default and its bounds. */
const settingsSchema = z.object({
  /**
   * What becomes of sessions that a crash left over within the same login: `ask` the agent, who may
   * still be at work; `sign-off` at once; or `resume`, go on holding them.
   */
  leftover: z.enum(['ask', 'sign-off', 'resume']).default('ask'),
  /** Whether what is held is signed off when the machine goes to sleep. */
  signOffOnSuspend: z.boolean().default(false),
  /** Whether it is when the screen is locked (Windows and macOS tell; Linux does not). */
  signOffOnLock: z.boolean().default(false),
  /** Whether it is when nobody has touched keyboard or mouse for `idleMinutes`. */
  signOffOnIdle: z.boolean().default(false),
  idleMinutes: z.number().int().min(1).max(480).default(15),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Each setting by its name, and nothing that an object has besides. */
const fields: ReadonlyMap<string, z.ZodType> = new Map(Object.entries(settingsSchema.shape));

export interface SettingsReading {
  readonly settings: Settings;
  /** What could not be taken, in words; the rest counts. */
  readonly problems: readonly string[];
}

/** Reads settings from what a file holds. A bad value is passed over by itself. */
export function readSettings(input: unknown): SettingsReading {
  if (!isObject(input)) {
    return {
      settings: settingsSchema.parse({}),
      problems: ['The settings are not a JSON object.'],
    };
  }
  const problems: string[] = [];
  const good: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    const parsed = fields.get(name)?.safeParse(value);
    if (parsed === undefined) problems.push(`${name}: there is no such setting`);
    else if (parsed.success) good[name] = parsed.data;
    else problems.push(`${name}: ${parsed.error.issues[0]?.message ?? 'is not valid'}`);
  }
  return { settings: settingsSchema.parse(good), problems };
}

function isObject(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}

/** Reads the settings file; where there is none, every setting has its default. */
export function loadSettings(file: string): SettingsReading {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const problem = 'The settings file could not be read; every setting has its default.';
    return { ...readSettings({}), problems: missing ? [] : [problem] };
  }
  try {
    // Some of Windows' editors begin a file with a byte order mark.
    return readSettings(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const problem = 'The settings file is not valid JSON; every setting has its default.';
    return { ...readSettings({}), problems: [problem] };
  }
}
