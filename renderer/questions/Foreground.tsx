import type { Store } from '../state/store.ts';
import { Announcer } from '../parts/Announcer.tsx';
import { LeftoverQuestion } from './LeftoverQuestion.tsx';
import { OriginQuestion } from './OriginQuestion.tsx';

interface Props {
  readonly store: Store;
  readonly lastSaid: { current: number };
}

/** What must be seen and heard whatever is open: it stands in the dialog in front, or else in the window. */
export function InFront({ store, lastSaid }: Props) {
  const leftover = store.leftoverQuestion.value;
  const origin = store.originQuestion.value;
  return (
    <>
      {leftover && <LeftoverQuestion store={store} question={leftover} />}
      {origin && <OriginQuestion key={origin.origin} store={store} question={origin} />}
      <Announcer announcements={store.announcements} lastSaid={lastSaid} />
    </>
  );
}
