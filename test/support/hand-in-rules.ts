import { handInRulesOf } from '../../main/settings/hand-in-rules.ts';
import { settingsSchema } from '../../main/settings/schema.ts';

/** What counts for hand-ins where no policy says otherwise. */
export const NO_RULES = handInRulesOf(settingsSchema.parse({}));
