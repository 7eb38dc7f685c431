import { useSignal, useSignalEffect } from '@preact/signals';
import { emptyDraft, prefilled } from '../draft.ts';
import { language } from '../language.ts';
import { isFiltering } from '../results-filter.ts';
import type { ResultsStore } from '../results-store.ts';
import { useShortcuts } from '../shortcuts.ts';
import { emptySignIn, prefilledSignIn } from '../sign-in.ts';
import type { Store } from '../store.ts';
import { AddSession } from './AddSession.tsx';
import { Announcer } from './Announcer.tsx';
import { Counts } from './Counts.tsx';
import { Header } from './Header.tsx';
import { Help } from './Help.tsx';
import { HeldSessions } from './HeldSessions.tsx';
import { Lately } from './Lately.tsx';
import { Leaving } from './Leaving.tsx';
import { LeftoverQuestion } from './LeftoverQuestion.tsx';
import { Notices } from './Notices.tsx';
import { OriginQuestion } from './OriginQuestion.tsx';
import { Results } from './results/Results.tsx';
import { SettingsDialog } from './settings/SettingsDialog.tsx';
import { SignIn } from './SignIn.tsx';
import { useArrival } from './useArrival.ts';
import { Views } from './Views.tsx';
import type { View } from './Views.tsx';

const SEARCH = '[role="search"] input';

interface Props {
  readonly store: Store;
  readonly results: ResultsStore;
}

export function App({ store, results }: Props) {
  const view = useSignal<View>('sessions');
  const adding = useSignal(false);
  const signingIn = useSignal(false);
  const settingUp = useSignal(false);
  const helping = useSignal(false);
  const draft = useSignal(emptyDraft);
  const signInDraft = useSignal(emptySignIn);
  const state = store.state.value;
  const leaving = state?.leaving ?? null;
  const question = store.leftoverQuestion.value;
  const originQuestion = store.originQuestion.value;
  const add = (): void => {
    const now = store.state.value;
    if (now?.leaving !== null || !now.signIn.offers.handIn) return;
    draft.value = prefilled(draft.value, now.handInDefaults);
    adding.value = true;
  };
  const signIn = (): void => {
    const now = store.state.value;
    if (now?.leaving !== null || !now.signIn.offers.signIn) return;
    signInDraft.value = prefilledSignIn(signInDraft.value, now.signIn.defaults);
    signingIn.value = true;
  };

  useSignalEffect(() => {
    document.documentElement.lang = language.value;
  });
  const show = (chosen: View): void => {
    settingUp.value = false;
    helping.value = false;
    view.value = chosen;
  };
  useArrival(store, results, show);
  useShortcuts({
    signIn,
    add,
    settings: () => (settingUp.value = true),
    help: () => (helping.value = true),
    sessions: () => show('sessions'),
    results: () => show('results'),
    signOffAll: () => void store.signOff('all', false),
    search() {
      results.close();
      show('results');
      requestAnimationFrame(() => document.querySelector<HTMLElement>(SEARCH)?.focus());
    },
  });

  return (
    <>
      {question && <LeftoverQuestion store={store} question={question} />}
      {originQuestion && (
        <OriginQuestion key={originQuestion.origin} store={store} question={originQuestion} />
      )}
      <header>
        <Header
          state={state}
          onSignIn={signIn}
          onAdd={add}
          onSettings={() => (settingUp.value = true)}
        />
        <div class="views">
          <Views view={view.value} onChoose={(chosen) => (view.value = chosen)} />
          {state && <Counts held={state.held} />}
        </div>
      </header>
      <main>
        <Notices store={store} />
        {state && view.value === 'sessions' && (
          <>
            <HeldSessions
              store={store}
              held={state.held}
              firstRun={state.vault.setAside === null && isFirstRun(results)}
              offers={state.signIn.offers}
              onSignIn={signIn}
              onAdd={add}
            />
            <Lately store={store} onAllResults={() => (view.value = 'results')} />
          </>
        )}
        {state && view.value === 'results' && <Results results={results} now={store.now} />}
      </main>
      {adding.value && (
        <AddSession store={store} draft={draft} onClosed={() => (adding.value = false)} />
      )}
      {state && signingIn.value && (
        <SignIn
          store={store}
          signIn={state.signIn}
          draft={signInDraft}
          onClosed={() => (signingIn.value = false)}
        />
      )}
      {state && settingUp.value && (
        <SettingsDialog
          settings={state.settings}
          language={state.language}
          browser={state.browser}
          set={store.setSetting}
          onCopyToken={store.copyBrowserToken}
          onHelp={() => (helping.value = true)}
          onClosed={() => (settingUp.value = false)}
        />
      )}
      {state && helping.value && (
        <Help
          version={state.version}
          offers={state.signIn.offers}
          onClosed={() => (helping.value = false)}
        />
      )}
      {leaving && <Leaving store={store} leaving={leaving} />}
      <Announcer announcements={store.announcements} />
    </>
  );
}

/** Whether nothing has ever been signed off, as far as is known; null until it is. */
function isFirstRun({ list, filter }: ResultsStore): boolean | null {
  const { receipts, next, status } = list.value;
  if (receipts.length > 0 || isFiltering(filter.value) || status === 'failed') return false;
  return next === undefined ? null : true;
}
