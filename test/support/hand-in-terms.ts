import { handInTerms } from '../../main/settings/hand-in-terms.ts';
import { settingsSchema } from '../../main/settings/schema.ts';

/** What counts for hand-ins where no policy says otherwise. */
export const NO_TERMS = handInTerms(settingsSchema.parse({}));
