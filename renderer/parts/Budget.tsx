import { type ReadonlySignal, useComputed } from '@preact/signals';
import { timeLeft } from '../text/time.ts';

interface Props {
  readonly now: ReadonlySignal<number>;
  readonly deadline: number;
}

/** What is left of a budget; not a live region, it would be read out every second. */
export function TimeLeft({ now, deadline }: Props) {
  const text = useComputed(() => timeLeft(deadline, now.value));
  return <span class="time-left">{text}</span>;
}

/** The same to be looked at: as much of the whole budget, in milliseconds, as is left of it. */
export function BudgetBar({ now, deadline, budgetMs }: Props & { budgetMs: number }) {
  const left = Math.min(Math.max(0, deadline - now.value), budgetMs);
  return <progress class="budget" aria-hidden="true" max={budgetMs} value={left} />;
}
