import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { RefObject } from 'preact';

interface ShownErrors<Errors> {
  readonly errors: ReadonlySignal<Errors>;
  /** After the form was looked at: the first error takes the focus. */
  readonly report: (errors: Errors) => void;
  /** While it is typed into: what is left of them, and the focus stays. */
  readonly update: (errors: Errors) => void;
}

/** What is wrong with a form. */
export function useFormErrors<Errors>(
  form: RefObject<HTMLFormElement | null>,
  none: Errors,
): ShownErrors<Errors> {
  const errors = useSignal(none);
  const reported = useSignal(none);
  useLayoutEffect(() => {
    for (const selector of ['[aria-invalid="true"]', '[role="alert"]']) {
      const first = form.current?.querySelector<HTMLElement>(selector);
      if (first) return first.focus();
    }
  }, [form, reported.value]);
  return {
    errors,
    report(next) {
      errors.value = next;
      reported.value = next;
    },
    update(next) {
      errors.value = next;
    },
  };
}
