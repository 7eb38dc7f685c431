import * as z from 'zod';
import { type Receipt, receiptSchema } from '../../main/results/receipt.ts';
import type { CommandRun } from '../../scripts/signoff.ts';

/** What the app replies to a hand-in. */
export const heldReply = z.object({ id: z.string() });
/** What a running app says of itself. */
export const statusReply = z.looseObject({
  running: z.literal(true),
  held: z.array(z.looseObject({ id: z.string(), label: z.string() })),
  vault: z.looseObject({ durable: z.boolean(), setAside: z.string().nullable() }),
});
export type RunningStatus = z.infer<typeof statusReply>;

/** The id that `hold` printed. */
export function heldId(run: CommandRun): string {
  if (run.code !== 0) throw new Error(`hold ended with ${run.code}: ${run.stderr}`);
  return heldReply.parse(JSON.parse(run.stdout)).id;
}

/** What `results --json` or `sign-off --json` printed. */
export function receiptsOf(run: CommandRun): Receipt[] {
  return z.array(receiptSchema).parse(JSON.parse(run.stdout));
}
