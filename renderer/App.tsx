import { useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Header } from './frame/Header.tsx';
import { HelpDialog } from './frame/HelpDialog.tsx';
import { Navigation, type View } from './frame/Navigation.tsx';
import { Notices } from './frame/Notices.tsx';
import { useShortcuts } from './frame/useShortcuts.ts';
import { isFiltering } from './model/results-filter.ts';
import { Foreground } from './questions/Foreground.tsx';
import { LeavingDialog } from './questions/LeavingDialog.tsx';
import { RecentResults } from './results/RecentResults.tsx';
import { Results } from './results/Results.tsx';
import { AddSessionDialog } from './sessions/AddSessionDialog.tsx';
import { CalledOff } from './sessions/CalledOff.tsx';
import { emptyDraft, prefilled } from './sessions/draft.ts';
import { HeldElsewhere } from './sessions/HeldElsewhere.tsx';
import { HELD_HEADING, HeldSessions } from './sessions/HeldSessions.tsx';
import { StatusCounts } from './sessions/StatusCounts.tsx';
import { SettingsDialog } from './settings/SettingsDialog.tsx';
import { emptySignIn, prefilledSignIn } from './sign-in/draft.ts';
import { SignInDialog } from './sign-in/SignInDialog.tsx';
import type { ResultsStore } from './stores/results-store.ts';
import type { Store } from './stores/store.ts';
import { language } from './text/language.ts';
import { useNotificationTarget } from './useNotificationTarget.ts';

const SEARCH = '[role="search"] input';

interface Props {
  readonly store: Store;
  readonly results: ResultsStore;
}

/** The window: connects the stores to the components. */
export function App({ store, results }: Props) {
  const view = useSignal<View>('sessions');
  const adding = useSignal(false);
  const signingIn = useSignal(false);
  const signsInAtOnce = useSignal(false);
  const showingSettings = useSignal(false);
  const showingHelp = useSignal(false);
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
    signsInAtOnce.value = false;
    signingIn.value = true;
  };
  /** By one click where the password is remembered; else the form is filled in as far as is known. */
  const signInAgain = (endedId: string): void => {
    const now = store.state.value;
    const known = now?.calledOff.find(({ id }) => id === endedId)?.signIn;
    if (!known || now?.leaving !== null || signingIn.value) return;
    adding.value = false;
    signInDraft.value = prefilledSignIn(emptySignIn, known);
    signsInAtOnce.value = known.hasPassword;
    signingIn.value = true;
  };

  useSignalEffect(() => {
    document.documentElement.lang = language.value;
  });
  const show = (chosen: View): void => {
    showingSettings.value = false;
    showingHelp.value = false;
    view.value = chosen;
  };
  const allResults = (): void => {
    results.showAll();
    show('results');
  };
  useNotificationTarget(store, results, show, signInAgain);
  useShortcuts({
    signIn,
    add,
    settings: () => (showingSettings.value = true),
    help: () => (showingHelp.value = true),
    sessions: () => show('sessions'),
    results: () => show('results'),
    signOffAll: () => void store.signOff('all', false),
    search() {
      results.close();
      show('results');
      requestAnimationFrame(() => document.querySelector<HTMLElement>(SEARCH)?.focus());
    },
  });

  const lastAnnounced = useRef(0);
  const foreground = (
    <Foreground
      leftover={store.leftoverQuestion.value}
      origin={store.originQuestion.value}
      announcements={store.announcements.value}
      lastAnnounced={lastAnnounced}
      now={store.now}
      focusAfter={() => document.getElementById(HELD_HEADING)}
      onAnswerLeftover={store.answerLeftover}
      onAnswerOrigin={store.answerOrigin}
    />
  );
  const front = frontOf([
    ['leaving', leaving !== null],
    ['help', showingHelp.value],
    ['settings', showingSettings.value],
    ['signIn', signingIn.value],
    ['add', adding.value],
  ]);

  return (
    <>
      {front === 'window' && foreground}
      <header>
        <Header
          state={state}
          onSignIn={signIn}
          onAdd={add}
          onSettings={() => (showingSettings.value = true)}
        />
        <div class="views">
          <Navigation view={view.value} onChoose={(chosen) => (view.value = chosen)} />
          {state && <StatusCounts held={state.held} />}
        </div>
      </header>
      <main>
        <Notices
          state={state}
          error={store.error.value}
          onTryAgain={() => void store.start()}
          onDismiss={store.dismissError}
        />
        {state && (
          <CalledOff
            ended={state.calledOff}
            onSignInAgain={signInAgain}
            onDismiss={() => void store.dismissCalledOff()}
          />
        )}
        {state && view.value === 'sessions' && (
          <>
            <HeldSessions
              state={state}
              requested={store.requested.value}
              now={store.now}
              firstRun={state.vault.setAside === null && isFirstRun(results)}
              onSignIn={signIn}
              onAdd={add}
              onSignOff={(ids, force) => void store.signOff(ids, force)}
              onSetActivity={store.setActivity}
            />
            <HeldElsewhere
              state={state}
              requested={store.requested.value}
              now={store.now}
              onSignOff={(ids, force) => void store.signOff(ids, force)}
            />
            <RecentResults
              receipts={store.recentlyEnded.value}
              now={store.now}
              onAllResults={allResults}
            />
          </>
        )}
        {state && view.value === 'results' && <Results results={results} now={store.now} />}
      </main>
      {adding.value && (
        <AddSessionDialog
          draft={draft}
          foreground={front === 'add' && foreground}
          onHold={store.hold}
          onCheckAddress={store.checkAddress}
          onClosed={() => (adding.value = false)}
        />
      )}
      {state && signingIn.value && (
        <SignInDialog
          signIn={state.signIn}
          draft={signInDraft}
          atOnce={signsInAtOnce.value}
          foreground={front === 'signIn' && foreground}
          onSignIn={store.signIn}
          onCancelSignIn={() => void store.cancelSignIn()}
          onForgetPassword={() => void store.forgetPassword()}
          onClosed={() => (signingIn.value = false)}
        />
      )}
      {state && showingSettings.value && (
        <SettingsDialog
          settings={state.settings}
          language={state.language}
          browser={state.browser}
          set={store.setSetting}
          foreground={front === 'settings' && foreground}
          onCopyToken={store.copyBrowserToken}
          onHelp={() => (showingHelp.value = true)}
          onClosed={() => (showingSettings.value = false)}
        />
      )}
      {state && showingHelp.value && (
        <HelpDialog
          version={state.version}
          offers={state.signIn.offers}
          foreground={front === 'help' && foreground}
          onClosed={() => (showingHelp.value = false)}
        />
      )}
      {state && leaving && (
        <LeavingDialog
          leaving={leaving}
          sessions={store.leavingSessions.value}
          held={state.held}
          isDurable={state.vault.durable}
          now={store.now}
          foreground={front === 'leaving' && foreground}
          onAnswer={store.answerLeaving}
        />
      )}
    </>
  );
}

type Front = 'window' | 'leaving' | 'help' | 'settings' | 'signIn' | 'add';

/** The topmost: the first open dialog, or else the window. */
function frontOf(dialogs: readonly (readonly [Front, boolean])[]): Front {
  return dialogs.find(([, isOpen]) => isOpen)?.[0] ?? 'window';
}

/** Whether nothing was ever signed off; null while unknown. */
function isFirstRun({ list, filter }: ResultsStore): boolean | null {
  const { receipts, next, status } = list.value;
  if (receipts.length > 0 || isFiltering(filter.value) || status === 'failed') return false;
  return next === undefined ? null : true;
}
