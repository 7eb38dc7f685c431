import type { State } from '../../preload/contract.ts';
import type { Words } from '../../words/words.ts';
import type { CalledOff } from '../lifecycle/called-off.ts';
import type { Leaving } from '../lifecycle/leaving.ts';
import type { LeftoverQuestion } from '../lifecycle/leftover.ts';
import { type HandInRules, readHandIn } from '../sessions/hand-in.ts';
import type { Hold } from '../sessions/hold.ts';
import type { CurrentSettings } from '../settings/settings.ts';
import type { Chat } from '../chat/chat.ts';
import type { Coordinator } from '../signoff/coordinator.ts';
import { readTimings } from '../results/over-time.ts';
import type { Handlers } from './bridge.ts';
import { createExportHandlers, type ExportParts } from './export-handlers.ts';

/** The calls that other parts implement. */
type Delegated = 'signIn' | 'cancelSignIn' | 'forgetPassword' | 'setActivity' | 'copyBrowserToken';

interface Parts extends ExportParts, Pick<Handlers, Delegated> {
  readState: () => State;
  hold: Pick<Hold, 'handIn'>;
  handInRules: () => HandInRules;
  originQuestion: { answer(origin: string, answer: 'allow' | 'deny'): void };
  coordinator: Pick<Coordinator, 'signOff'>;
  chat: Pick<Chat, 'checkAddress'>;
  settings: Pick<CurrentSettings, 'set'>;
  leftoverQuestion: Pick<LeftoverQuestion, 'answer'>;
  leaving: Pick<Leaving, 'answer'>;
  calledOff: Pick<CalledOff, 'dismiss'>;
  words: () => Words;
  /** The page has asked for its state, so it receives events from now on. */
  onPageReady: () => void;
}

export function createHandlers(parts: Parts): Handlers {
  const { signIn, cancelSignIn, forgetPassword, setActivity, copyBrowserToken } = parts;
  return {
    getState() {
      parts.onPageReady();
      return parts.readState();
    },
    hold: ({ session }) => parts.hold.handIn(readHandIn(session, parts.handInRules()), 'window'),
    signIn,
    cancelSignIn,
    forgetPassword,
    setActivity,
    answerOrigin: ({ origin, answer }) => parts.originQuestion.answer(origin, answer),
    copyBrowserToken,
    async signOff({ ids, force }) {
      await parts.coordinator.signOff({ cause: 'asked', ids, force });
    },
    async checkAddress({ session }) {
      const handIn = readHandIn(session, parts.handInRules());
      if (!handIn.ok) return { ok: false, wrong: 'input', problems: [...handIn.problems] };
      return parts.chat.checkAddress(handIn.session);
    },
    getResults: (request) => parts.receipts.page(request),
    getTimings: (request) => readTimings(parts.receipts, request),
    ...createExportHandlers(parts),
    setSetting({ name, value }) {
      const problem = parts.settings.set(name, value);
      return { problem: problem === null ? null : parts.words().settings.problems[problem] };
    },
    answerLeftover: ({ answer }) => parts.leftoverQuestion.answer(answer),
    answerLeaving: ({ answer }) => parts.leaving.answer(answer),
    dismissCalledOff: () => parts.calledOff.dismiss(),
  };
}
