import { words } from '../language.ts';
import type { Store } from '../store.ts';

/** Says each outcome once to those who listen instead of look. */
export function Announcer({ announcements }: Pick<Store, 'announcements'>) {
  return (
    <div class="only-heard" role="log" aria-label={words.value.sessions.whatHappened}>
      {announcements.value.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}
