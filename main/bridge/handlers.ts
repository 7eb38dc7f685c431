import type { Words } from '../../words/words.ts';
import type { Leaving } from '../lifecycle/leaving.ts';
import type { LeftoverQuestion } from '../lifecycle/leftover.ts';
import { type HandInTerms, readHandIn } from '../sessions/hand-in.ts';
import type { Hold } from '../sessions/hold.ts';
import type { CurrentSettings } from '../settings/settings.ts';
import type { Chat } from '../chat/chat.ts';
import type { Clock } from '../common/clock.ts';
import type { Coordinator } from '../signoff/coordinator.ts';
import type { Receipts } from '../results/receipts.ts';
import { type ExportFormat, exportResults } from '../results/export.ts';
import { readTimings } from '../results/over-time.ts';
import type { Handlers } from './bridge.ts';
import type { ReadState } from './state.ts';

/** Answers each call of the window. */
export function createHandlers(parts: {
  readState: ReadState;
  hold: Hold;
  handInTerms: () => HandInTerms;
  signIn: Handlers['signIn'];
  cancelSignIn: Handlers['cancelSignIn'];
  forgetPassword: Handlers['forgetPassword'];
  setActivity: Handlers['setActivity'];
  originQuestion: { answer(origin: string, answer: 'allow' | 'deny'): void };
  copyBrowserToken: Handlers['copyBrowserToken'];
  coordinator: Pick<Coordinator, 'signOff'>;
  chat: Pick<Chat, 'checkAddress'>;
  receipts: Pick<Receipts, 'page'>;
  settings: Pick<CurrentSettings, 'set'>;
  leftoverQuestion: Pick<LeftoverQuestion, 'answer'>;
  leaving: Pick<Leaving, 'answer'>;
  words: () => Words;
  clock: Clock;
  /** Asks where to save a file; null when the person would rather not. */
  chooseFile: (format: ExportFormat) => Promise<string | null>;
  onExportProgress: (written: number) => void;
  showInFolder: (file: string) => void;
  /** The page has asked for its state, so from now on it hears of events. */
  onPageListens: () => void;
}): Handlers {
  const {
    readState,
    hold,
    handInTerms,
    coordinator,
    chat,
    receipts,
    settings,
    leftoverQuestion,
    leaving,
  } = parts;
  const { signIn, cancelSignIn, forgetPassword, setActivity, originQuestion, copyBrowserToken } =
    parts;
  const { words, clock, chooseFile, onExportProgress, showInFolder, onPageListens } = parts;
  let exporting: AbortController | null = null;
  let saved: string | null = null;

  return {
    getState() {
      onPageListens();
      return readState();
    },
    hold: ({ session }) => hold(readHandIn(session, handInTerms())),
    signIn,
    cancelSignIn,
    forgetPassword,
    setActivity,
    answerOrigin: ({ origin, answer }) => originQuestion.answer(origin, answer),
    copyBrowserToken,
    async signOff({ ids, force }) {
      await coordinator.signOff({ cause: 'asked', ids, force });
    },
    async checkAddress({ session }) {
      const handIn = readHandIn(session, handInTerms());
      if (!handIn.ok) return { ok: false, wrong: 'input', problems: [...handIn.problems] };
      return chat.checkAddress(handIn.session);
    },
    getResults: (request) => receipts.page(request),
    getTimings: (request) => readTimings(receipts, request),
    async exportResults({ filter, format }) {
      if (exporting !== null) return { end: 'cancelled' };
      const mine = new AbortController();
      exporting = mine;
      try {
        const file = await chooseFile(format);
        if (file === null) return { end: 'cancelled' };
        const end = await exportResults(
          { filter, format, file },
          {
            receipts,
            monotonic: clock.monotonic,
            onProgress: onExportProgress,
            signal: mine.signal,
          },
        );
        if (end.end === 'saved') saved = file;
        return end;
      } finally {
        exporting = null;
      }
    },
    cancelExport: () => exporting?.abort(),
    showExport() {
      if (saved !== null) showInFolder(saved);
    },
    setSetting({ name, value }) {
      const problem = settings.set(name, value);
      return { problem: problem === null ? null : words().settings.problems[problem] };
    },
    answerLeftover: ({ answer }) => leftoverQuestion.answer(answer),
    answerLeaving: ({ answer }) => leaving.answer(answer),
  };
}
