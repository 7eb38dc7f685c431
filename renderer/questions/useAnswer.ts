import { type ReadonlySignal, useSignal } from '@preact/signals';

/** Sends one answer to a question; further ones are ignored unless sending failed. */
export function useAnswer<Answer>(send: (answer: Answer) => Promise<boolean>): {
  readonly answer: (chosen: Answer) => Promise<void>;
  readonly answered: ReadonlySignal<boolean>;
  /** Whether the last answer was not received. */
  readonly failed: ReadonlySignal<boolean>;
} {
  const answered = useSignal(false);
  const failed = useSignal(false);
  const answer = async (chosen: Answer): Promise<void> => {
    if (answered.value) return;
    answered.value = true;
    failed.value = false;
    const isReceived = await send(chosen);
    answered.value = isReceived;
    failed.value = !isReceived;
  };
  return { answer, answered, failed };
}
