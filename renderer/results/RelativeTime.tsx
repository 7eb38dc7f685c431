import { type ReadonlySignal, useComputed } from '@preact/signals';
import { language } from '../text/language.ts';
import { ago, moment } from '../text/time.ts';

const HOUR_MS = 60 * 60 * 1000;

interface Props {
  readonly now: ReadonlySignal<number>;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** How long ago something was, with the exact time as its title. */
export function TimeAgo({ now, at }: Props) {
  const text = useComputed(() => ago(at, now.value));
  return <Time at={at} text={text} />;
}

/** When something was, as short as possible: `3 minutes ago`, `09:12`, `1 Jul, 09:12`. */
export function ShortTime({ now, at }: Props) {
  const text = useComputed(() => shortMoment(at, now.value));
  return <Time at={at} text={text} />;
}

function Time({ at, text }: { at: number; text: ReadonlySignal<string> }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={moment(at)}>
      {text}
    </time>
  );
}

function shortMoment(at: number, now: number): string {
  if (now - at < HOUR_MS) return ago(at, now);
  const then = new Date(at);
  const today = new Date(now);
  const isToday = then.toDateString() === today.toDateString();
  const isThisYear = then.getFullYear() === today.getFullYear();
  return new Intl.DateTimeFormat(language.value, {
    hour: 'numeric',
    minute: '2-digit',
    ...(isToday ? {} : { day: 'numeric', month: 'short' }),
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(at);
}
