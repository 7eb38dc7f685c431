import type { HeldView } from '../../preload/contract.ts';
import type { PresenceState } from '../model/types.ts';
import { words } from '../text/language.ts';
import { mayForce } from './next-step.ts';

/** How many of the held sessions need attention or are being ended. */
export function StatusCounts({ held }: { held: readonly HeldView[] }) {
  const ending = held.filter((session) => session.ending !== null);
  const failed = held.filter((session) => session.ending === null && session.lastFailure !== null);
  const needsYou = failed.filter(mayForce).length;
  const stillHeld = failed.length - needsYou;
  const others = held.filter((session) => session.ending === null && session.lastFailure === null);
  const away = (state: PresenceState): number =>
    others.filter(({ presence }) => presence?.state === state).length;
  const dropped = away('dropped');
  const reconnecting = away('reconnecting');
  const say = words.value.sessions;
  return (
    <ul class="counts">
      {needsYou > 0 && <li class="tone-bad">{say.headlineNeedsYou(needsYou)}</li>}
      {dropped > 0 && <li class="tone-bad">{say.headlineDropped(dropped)}</li>}
      {stillHeld > 0 && <li class="tone-care">{say.headlineStillHeld(stillHeld)}</li>}
      {reconnecting > 0 && <li class="tone-care">{say.headlineReconnecting(reconnecting)}</li>}
      {ending.length > 0 && <li class="tone-accent">{say.headlineEnding(ending.length)}</li>}
    </ul>
  );
}
