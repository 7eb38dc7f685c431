import type { HeldView } from '../../preload/contract.ts';
import { mayForce } from '../failure.ts';
import { words } from '../language.ts';

/** How many of the held sessions are more than just held. */
export function Counts({ held }: { held: readonly HeldView[] }) {
  const ending = held.filter((session) => session.ending !== null);
  const failed = held.filter((session) => session.ending === null && session.lastFailure !== null);
  const needsYou = failed.filter(mayForce).length;
  const stillHeld = failed.length - needsYou;
  const say = words.value.sessions;
  return (
    <ul class="counts">
      {needsYou > 0 && <li class="tone-bad">{say.headlineNeedsYou(needsYou)}</li>}
      {stillHeld > 0 && <li class="tone-care">{say.headlineStillHeld(stillHeld)}</li>}
      {ending.length > 0 && <li class="tone-accent">{say.headlineEnding(ending.length)}</li>}
    </ul>
  );
}
