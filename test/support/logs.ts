import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const lineSchema = z.looseObject({ time: z.iso.datetime(), level: z.string(), event: z.string() });

/** What stands in the log of this folder. */
export function logsIn(folder: string): z.infer<typeof lineSchema>[] {
  return readFileSync(path.join(folder, 'signoff.log'), 'utf8')
    .split(/\r?\n/)
    .slice(0, -1)
    .map((line) => lineSchema.parse(JSON.parse(line)));
}
