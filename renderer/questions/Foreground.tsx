import type { ReadonlySignal } from '@preact/signals';
import type { Request } from '../../preload/contract.ts';
import type { LeftoverQuestion as Leftover } from '../model/leftover-question.ts';
import type { Announcement, OriginQuestion as Origin } from '../model/types.ts';
import { Announcer } from '../parts/Announcer.tsx';
import { LeftoverQuestion } from './LeftoverQuestion.tsx';
import { OriginQuestion } from './OriginQuestion.tsx';

interface Props {
  readonly leftover: Leftover | null;
  readonly origin: Origin | null;
  readonly announcements: readonly Announcement[];
  /** The newest that was said; kept outside, since a dialog brings a foreground of its own. */
  readonly lastSaid: { current: number };
  readonly now: ReadonlySignal<number>;
  /** Where the focus goes when a question goes away that has it, and no dialog is open. */
  readonly focusAfter: () => HTMLElement | null;
  /** Both resolve with whether the app took the answer. */
  readonly onAnswerLeftover: (answer: Request<'answerLeftover'>['answer']) => Promise<boolean>;
  readonly onAnswerOrigin: (
    origin: string,
    answer: Request<'answerOrigin'>['answer'],
  ) => Promise<boolean>;
}

/** What must be seen and heard whatever is open: it stands in the dialog in front, or else in the window. */
export function Foreground(props: Props) {
  const { leftover, origin, announcements, lastSaid, now, focusAfter } = props;
  const { onAnswerLeftover, onAnswerOrigin } = props;
  return (
    <>
      {leftover && (
        <LeftoverQuestion
          question={leftover}
          now={now}
          focusAfter={focusAfter}
          onAnswer={onAnswerLeftover}
        />
      )}
      {origin && (
        <OriginQuestion
          key={origin.origin}
          question={origin}
          now={now}
          focusAfter={focusAfter}
          onAnswer={(answer) => onAnswerOrigin(origin.origin, answer)}
        />
      )}
      <Announcer announcements={announcements} lastSaid={lastSaid} />
    </>
  );
}
