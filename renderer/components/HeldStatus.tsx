import type { HeldView } from '../../preload/contract.ts';
import type { Store } from '../store.ts';
import { endingWords } from '../words.ts';
import { Icon } from './Icon.tsx';
import { OutcomeMark } from './OutcomeMark.tsx';
import { HeldFor, TimeLeft } from './Times.tsx';

interface Props {
  readonly store: Store;
  readonly held: HeldView;
  readonly busy: boolean;
}

/** One line that is always there, so that nothing moves when what it says changes. */
export function HeldStatus({ store, held, busy }: Props) {
  return (
    <p class="status-line">
      {busy ? (
        <>
          <span class="outcome tone-accent">
            <Icon name="busy" />
            <span>{held.ending ? endingWords(held.ending) : 'Signing off…'}</span>
          </span>
          {held.ending && <TimeLeft now={store.now} deadline={held.ending.deadline} />}
        </>
      ) : (
        <>
          {held.lastFailure && <OutcomeMark outcome={held.lastFailure.outcome} />}
          <HeldFor now={store.now} since={held.heldSince} />
        </>
      )}
    </p>
  );
}
