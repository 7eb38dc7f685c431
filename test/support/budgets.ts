import { budgetsMs } from '../../main/settings/budgets.ts';
import { settingsSchema } from '../../main/settings/schema.ts';

/** The budgets where no policy says otherwise, in milliseconds. */
export const BUDGET_MS = budgetsMs(settingsSchema.parse({}));
