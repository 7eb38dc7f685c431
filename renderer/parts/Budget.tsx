import { useComputed } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { ago, heldFor, moment, timeLeft } from '../text/format.ts';
import { words } from '../text/language.ts';

interface Props {
  readonly now: ReadonlySignal<number>;
}

/** How long ago something was; the moment itself as its title. */
export function Ago({ now, at }: Props & { at: number }) {
  const text = useComputed(() => ago(at, now.value));
  return (
    <time dateTime={new Date(at).toISOString()} title={moment(at)}>
      {text}
    </time>
  );
}

/** How long a session has been held; since when as its title. */
export function HeldFor({ now, since }: Props & { since: number }) {
  const text = useComputed(() => heldFor(since, now.value));
  return (
    <time
      dateTime={new Date(since).toISOString()}
      title={words.value.sessions.heldSince(moment(since))}
    >
      {text}
    </time>
  );
}

/** What is left of a budget; not a live region, it would be read out every second. */
export function TimeLeft({ now, deadline }: Props & { deadline: number }) {
  const text = useComputed(() => timeLeft(deadline, now.value));
  return <span class="time-left">{text}</span>;
}

interface BudgetProps extends Props {
  readonly deadline: number;
  /** Milliseconds in all. */
  readonly budgetMs: number;
}

/** The same to be looked at: as much of the whole budget as is left of it. */
export function BudgetBar({ now, deadline, budgetMs }: BudgetProps) {
  const left = Math.min(Math.max(0, deadline - now.value), budgetMs);
  return <progress class="budget" aria-hidden="true" max={budgetMs} value={left} />;
}
