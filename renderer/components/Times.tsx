import { useComputed } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { ago, exactMoment, heldFor, moment, secondsLeft, timeLeft } from '../words.ts';

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
    <time dateTime={new Date(since).toISOString()} title={`Held since ${moment(since)}`}>
      {text}
    </time>
  );
}

/** What is left of a budget; not a live region, it would be read out every second. */
export function TimeLeft({ now, deadline }: Props & { deadline: number }) {
  const text = useComputed(() => timeLeft(deadline, now.value));
  return <span class="time-left">{text}</span>;
}

/** The same inside a sentence: as wide with one digit as with two, so that no word moves. */
export function SecondsLeft({ now, deadline }: Props & { deadline: number }) {
  const seconds = useComputed(() => secondsLeft(deadline, now.value));
  return (
    <span class="seconds-left">
      <span>{seconds}</span> s
    </span>
  );
}

/** A moment to the millisecond; as it was given as its title. */
export function ExactTime({ iso }: { iso: string }) {
  return (
    <time dateTime={iso} title={iso}>
      {exactMoment(Date.parse(iso))}
    </time>
  );
}
