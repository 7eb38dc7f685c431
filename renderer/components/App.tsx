import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Store } from '../store.ts';
import { emptyDraft } from '../draft.ts';
import { AddSession } from './AddSession.tsx';
import { Announcer } from './Announcer.tsx';
import { Header } from './Header.tsx';
import { HeldSessions } from './HeldSessions.tsx';
import { Leaving } from './Leaving.tsx';
import { LeftoverQuestion } from './LeftoverQuestion.tsx';
import { Notices } from './Notices.tsx';
import { Results } from './Results.tsx';

export function App({ store }: { store: Store }) {
  const adding = useSignal(false);
  const draft = useSignal(emptyDraft);
  const state = store.state.value;
  const ready = state !== null;
  const leaving = state?.leaving ?? null;
  const question = store.leftoverQuestion.value;

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const shortcut = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      if (!shortcut || event.key.toLowerCase() !== 'n') return;
      event.preventDefault();
      if (store.state.value?.leaving === null) adding.value = true;
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [store, adding]);

  return (
    <>
      {question && <LeftoverQuestion store={store} question={question} />}
      <Header state={state} onAdd={() => (adding.value = true)} />
      <main>
        <Notices store={store} />
        {ready && <HeldSessions store={store} held={state.held} />}
        {ready && <Results store={store} />}
      </main>
      {adding.value && (
        <AddSession store={store} draft={draft} onClosed={() => (adding.value = false)} />
      )}
      {leaving && <Leaving store={store} leaving={leaving} />}
      <Announcer announcements={store.announcements} />
    </>
  );
}
