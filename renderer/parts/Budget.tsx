import { type ReadonlySignal, useComputed } from '@preact/signals';
import { timeLeft } from '../text/time.ts';

interface Props {
  readonly now: ReadonlySignal<number>;
  readonly deadline: number;
}

/** The time left. No live region, which would be read out every second. */
export function TimeLeft({ now, deadline }: Props) {
  const text = useComputed(() => timeLeft(deadline, now.value));
  return <span class="time-left">{text}</span>;
}

/** The share of the budget that is left, as a bar. */
export function BudgetBar({ now, deadline, budgetMs }: Props & { budgetMs: number }) {
  const left = Math.min(Math.max(0, deadline - now.value), budgetMs);
  return <progress class="budget" aria-hidden="true" max={budgetMs} value={left} />;
}
