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
  /** The key of the newest one announced; kept outside, since each dialog has its own foreground. */
  readonly lastAnnounced: { current: number };
  readonly now: ReadonlySignal<number>;
  /** Where the focus goes when a focused question disappears and no dialog is open. */
  readonly focusAfter: () => HTMLElement | null;
  /** Both resolve with whether the app received the answer. */
  readonly onAnswerLeftover: (answer: Request<'answerLeftover'>['answer']) => Promise<boolean>;
  readonly onAnswerOrigin: (
    origin: string,
    answer: Request<'answerOrigin'>['answer'],
  ) => Promise<boolean>;
}

/** Urgent questions and announcements. Rendered inside the topmost dialog, or else in the window. */
export function Foreground(props: Props) {
  const { leftover, origin, announcements, lastAnnounced, now, focusAfter } = props;
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
      <Announcer announcements={announcements} lastAnnounced={lastAnnounced} />
    </>
  );
}
