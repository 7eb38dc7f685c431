import { type ReadonlySignal, useSignal } from '@preact/signals';

/** One answer to one question: whoever answers twice, or while it is on its way, answers once. */
export function useAnswer<Answer>(send: (answer: Answer) => Promise<boolean>): {
  readonly answer: (what: Answer) => Promise<void>;
  readonly answered: ReadonlySignal<boolean>;
  /** Whether the newest answer did not get through. */
  readonly failed: ReadonlySignal<boolean>;
} {
  const answered = useSignal(false);
  const failed = useSignal(false);
  const answer = async (what: Answer): Promise<void> => {
    if (answered.value) return;
    answered.value = true;
    failed.value = false;
    const taken = await send(what);
    answered.value = taken;
    failed.value = !taken;
  };
  return { answer, answered, failed };
}
