import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { RefObject } from 'preact';

interface ShownErrors<Errors> {
  readonly errors: ReadonlySignal<Errors>;
  /** After validation: shows the errors and focuses the first. */
  readonly report: (errors: Errors) => void;
  /** While typing: shows the remaining errors and leaves the focus. */
  readonly update: (errors: Errors) => void;
}

/** The errors that a form shows. */
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
