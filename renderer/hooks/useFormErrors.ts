import { useSignal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { RefObject } from 'preact';

interface FormWrongs<W> {
  readonly wrongs: ReadonlySignal<W>;
  /** After the form was looked at: the first wrong takes the focus. */
  readonly find: (wrongs: W) => void;
  /** While it is typed into: what is left of them, and the focus stays. */
  readonly mend: (wrongs: W) => void;
}

/** What is wrong with a form. */
export function useWrongs<W>(form: RefObject<HTMLFormElement | null>, nothing: W): FormWrongs<W> {
  const wrongs = useSignal(nothing);
  const found = useSignal(nothing);
  useLayoutEffect(() => {
    for (const selector of ['[aria-invalid="true"]', '[role="alert"]']) {
      const first = form.current?.querySelector<HTMLElement>(selector);
      if (first) return first.focus();
    }
  }, [form, found.value]);
  return {
    wrongs,
    find(next) {
      wrongs.value = next;
      found.value = next;
    },
    mend(next) {
      wrongs.value = next;
    },
  };
}
