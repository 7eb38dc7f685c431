import { useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { emptyDraft, prefilled } from './sessions/draft.ts';
import { language } from './text/language.ts';
import { isFiltering } from './state/results-filter.ts';
import type { ResultsStore } from './state/results-store.ts';
import { useShortcuts } from './frame/shortcuts.ts';
import { emptySignIn, prefilledSignIn } from './sign-in/draft.ts';
import type { Store } from './state/store.ts';
import { AddSession } from './sessions/AddSessionDialog.tsx';
import { Counts } from './sessions/StatusCounts.tsx';
import { Header } from './frame/Header.tsx';
import { Help } from './frame/HelpDialog.tsx';
import { HeldSessions } from './sessions/HeldSessions.tsx';
import { InFront } from './questions/Foreground.tsx';
import { Lately } from './results/RecentResults.tsx';
import { Leaving } from './questions/LeavingDialog.tsx';
import { Notices } from './frame/Notices.tsx';
import { Results } from './results/Results.tsx';
import { SettingsDialog } from './settings/SettingsDialog.tsx';
import { SignIn } from './sign-in/SignInDialog.tsx';
import { useArrival } from './useNotificationTarget.ts';
import { ReadState } from './frame/Navigation.tsx';
import type { View } from './frame/Navigation.tsx';

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
  const allResults = (): void => {
    results.showAll();
    show('results');
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

  const lastSaid = useRef(0);
  const inFront = <InFront store={store} lastSaid={lastSaid} />;
  const front = frontOf([
    ['leaving', leaving !== null],
    ['help', helping.value],
    ['settings', settingUp.value],
    ['signIn', signingIn.value],
    ['add', adding.value],
  ]);

  return (
    <>
      {front === 'window' && inFront}
      <header>
        <Header
          state={state}
          onSignIn={signIn}
          onAdd={add}
          onSettings={() => (settingUp.value = true)}
        />
        <div class="views">
          <ReadState view={view.value} onChoose={(chosen) => (view.value = chosen)} />
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
            <Lately store={store} onAllResults={allResults} />
          </>
        )}
        {state && view.value === 'results' && <Results results={results} now={store.now} />}
      </main>
      {adding.value && (
        <AddSession
          store={store}
          draft={draft}
          inFront={front === 'add' && inFront}
          onClosed={() => (adding.value = false)}
        />
      )}
      {state && signingIn.value && (
        <SignIn
          store={store}
          signIn={state.signIn}
          draft={signInDraft}
          inFront={front === 'signIn' && inFront}
          onClosed={() => (signingIn.value = false)}
        />
      )}
      {state && settingUp.value && (
        <SettingsDialog
          settings={state.settings}
          language={state.language}
          browser={state.browser}
          set={store.setSetting}
          inFront={front === 'settings' && inFront}
          onCopyToken={store.copyBrowserToken}
          onHelp={() => (helping.value = true)}
          onClosed={() => (settingUp.value = false)}
        />
      )}
      {state && helping.value && (
        <Help
          version={state.version}
          offers={state.signIn.offers}
          inFront={front === 'help' && inFront}
          onClosed={() => (helping.value = false)}
        />
      )}
      {leaving && (
        <Leaving store={store} leaving={leaving} inFront={front === 'leaving' && inFront} />
      )}
    </>
  );
}

type Front = 'window' | 'leaving' | 'help' | 'settings' | 'signIn' | 'add';

/** What stands in front: the first that is open, or else the window. */
function frontOf(dialogs: readonly (readonly [Front, boolean])[]): Front {
  return dialogs.find(([, isOpen]) => isOpen)?.[0] ?? 'window';
}

/** Whether nothing has ever been signed off, as far as is known; null until it is. */
function isFirstRun({ list, filter }: ResultsStore): boolean | null {
  const { receipts, next, status } = list.value;
  if (receipts.length > 0 || isFiltering(filter.value) || status === 'failed') return false;
  return next === undefined ? null : true;
}
