import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Announcement } from '../model/types.ts';
import { words } from '../text/language.ts';

interface Props {
  readonly announcements: readonly Announcement[];
  /** The newest that was said; kept outside, since a dialog brings an announcer of its own. */
  readonly lastSaid: { current: number };
}

/** Says each outcome once to those who listen instead of look. Stands in what is in front: nothing else is heard. */
export function Announcer({ announcements, lastSaid }: Props) {
  const said = useSignal<readonly Announcement[]>([]);
  // After the place itself: what is in a place from its beginning is not read out.
  useEffect(() => {
    const fresh = announcements.filter(({ key }) => key > lastSaid.current);
    const newest = fresh.at(-1);
    if (newest === undefined) return;
    lastSaid.current = newest.key;
    said.value = [...said.peek(), ...fresh].slice(-announcements.length);
  }, [announcements, lastSaid, said]);
  return (
    <div class="only-heard" role="log" aria-label={words.value.sessions.whatHappened}>
      {said.value.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}
