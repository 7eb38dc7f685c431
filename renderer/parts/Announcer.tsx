import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Announcement } from '../model/types.ts';
import { words } from '../text/language.ts';

interface Props {
  readonly announcements: readonly Announcement[];
  /** The key of the newest one announced; kept outside, since each dialog has its own announcer. */
  readonly lastAnnounced: { current: number };
}

/**
 * Announces each text to screen readers once. It has to be inside the topmost dialog: what is outside
 * is not read out.
 */
export function Announcer({ announcements, lastAnnounced }: Props) {
  const announced = useSignal<readonly Announcement[]>([]);
  // After the first render: what a live region holds from the start is not read out.
  useEffect(() => {
    const fresh = announcements.filter(({ key }) => key > lastAnnounced.current);
    const newest = fresh.at(-1);
    if (newest === undefined) return;
    lastAnnounced.current = newest.key;
    announced.value = [...announced.peek(), ...fresh].slice(-announcements.length);
  }, [announcements, lastAnnounced, announced]);
  return (
    <div class="only-heard" role="log" aria-label={words.value.sessions.whatHappened}>
      {announced.value.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}
