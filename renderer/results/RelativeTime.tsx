import { useComputed } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { ago, moment } from '../text/format.ts';
import { language } from '../text/language.ts';

const HOUR_MS = 60 * 60 * 1000;

interface Props {
  readonly now: ReadonlySignal<number>;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** When something was, as short as can be told apart: `3 minutes ago`, `09:12`, `1 Jul, 09:12`. */
export function When({ now, at }: Props) {
  const text = useComputed(() => shortMoment(at, now.value));
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
