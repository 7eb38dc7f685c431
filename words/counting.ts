/** A text for each plural form that a language has (see `Intl.PluralRules`); `#` is the number. */
export interface PluralForms {
  readonly one?: string;
  readonly many?: string;
  readonly other: string;
}

/** Chooses a text by a count and writes the count into it. */
export type Counting = (count: number, forms: PluralForms) => string;

/** Counts as that language does, given as a BCP 47 tag. */
export function createCounting(language: string): Counting {
  // Made when first needed: every catalogue is loaded at every start, and one of them is used.
  let rules: Intl.PluralRules | undefined;
  let format: Intl.NumberFormat | undefined;
  return (count, forms) => {
    rules ??= new Intl.PluralRules(language);
    format ??= new Intl.NumberFormat(language);
    const form = rules.select(count);
    const text = form === 'one' || form === 'many' ? (forms[form] ?? forms.other) : forms.other;
    return text.replaceAll('#', format.format(count));
  };
}
