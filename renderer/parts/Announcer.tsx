import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { words } from '../text/language.ts';
import type { Store } from '../state/store.ts';

interface Props extends Pick<Store, 'announcements'> {
  /** The newest that was said; kept outside, since a dialog brings an announcer of its own. */
  readonly lastSaid: { current: number };
}

/** Says each outcome once to those who listen instead of look. Stands in what is in front: nothing else is heard. */
export function Announcer({ announcements, lastSaid }: Props) {
  const all = announcements.value;
  const said = useSignal<typeof all>([]);
  // After the place itself: what is in a place from its beginning is not read out.
  useEffect(() => {
    const fresh = all.filter(({ key }) => key > lastSaid.current);
    const newest = fresh.at(-1);
    if (newest === undefined) return;
    lastSaid.current = newest.key;
    said.value = [...said.peek(), ...fresh].slice(-all.length);
  }, [all, lastSaid, said]);
  return (
    <div class="only-heard" role="log" aria-label={words.value.sessions.whatHappened}>
      {said.value.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}
