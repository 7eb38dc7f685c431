import { signOffCauseSchema, type SignOffCause } from '../../main/results/receipt.ts';
import { settingsSchema } from '../../main/settings/schema.ts';
import { budgetsOf } from '../../main/signoff/causes.ts';

const defaults = settingsSchema.parse({});
const budgetMs = budgetsOf(() => defaults);

/** The budgets where no policy says otherwise, in milliseconds. */
export const BUDGET_MS = Object.fromEntries(
  signOffCauseSchema.options.map((cause) => [cause, budgetMs(cause)]),
) as Readonly<Record<SignOffCause, number>>;
