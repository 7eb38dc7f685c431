import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { HeldView } from '../../preload/contract.ts';
import type { Store } from '../store.ts';
import { heldName, hostOf, kindWords } from '../words.ts';
import { ConfirmForce } from './ConfirmForce.tsx';
import { HeldStatus } from './HeldStatus.tsx';

interface Props {
  readonly store: Store;
  readonly held: HeldView;
}

export function HeldSession({ store, held }: Props) {
  const nameId = useId();
  const confirming = useSignal(false);
  const signOffButton = useRef<HTMLButtonElement>(null);
  const forceButton = useRef<HTMLButtonElement>(null);
  const cancelled = useRef(false);
  useLayoutEffect(() => {
    if (!cancelled.current) return;
    cancelled.current = false;
    forceButton.current?.focus();
  }, [confirming.value]);

  const busy = held.ending !== null || store.asked.value.has(held.id);
  const failure = held.lastFailure;
  const mayForce = failure?.outcome === 'refused' && held.kind === 'agent';
  const name = heldName(held);
  const verb = failure ? 'Try again' : 'Sign off';
  const signOff = (force: boolean): void => {
    if (!busy) void store.signOff([held.id], force);
  };

  return (
    <li class="card" aria-labelledby={nameId}>
      <div class="card-head">
        <div class="card-title">
          <h3 id={nameId}>{name}</h3>
          <p class="quiet">{kindWords(held.kind)}</p>
        </div>
        <button
          type="button"
          class="button button-fixed"
          ref={signOffButton}
          aria-label={`${verb}: ${name}`}
          aria-disabled={busy}
          onClick={() => signOff(false)}
        >
          {verb}
        </button>
      </div>

      <Address held={held} />
      <HeldStatus store={store} held={held} busy={busy} />

      {failure && (
        <div class="failure" data-muted={busy}>
          {failure.message && <p>{failure.message}</p>}
          {mayForce && !confirming.value && (
            <button
              type="button"
              class="button"
              ref={forceButton}
              aria-label={`Force: ${name}`}
              aria-disabled={busy}
              onClick={() => (confirming.value = !busy)}
            >
              Force
            </button>
          )}
        </div>
      )}
      {mayForce && confirming.value && (
        <ConfirmForce
          name={name}
          onConfirm={() => {
            confirming.value = false;
            signOffButton.current?.focus();
            signOff(true);
          }}
          onCancel={() => {
            cancelled.current = true;
            confirming.value = false;
          }}
        />
      )}
    </li>
  );
}

function Address({ held }: { held: HeldView }) {
  return (
    <dl class="facts">
      <Fact term="Server" value={hostOf(held.server)} title={held.server} />
      <Fact term="Site" value={held.fqSiteName} />
      {held.pool !== null && <Fact term="Pool" value={held.pool} />}
      {held.accountId !== null && <Fact term="Account" value={held.accountId} />}
      <Fact term="Session" value={held.maskedSessionId} />
    </dl>
  );
}

function Fact({ term, value, title }: { term: string; value: string; title?: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd title={title}>{value}</dd>
    </div>
  );
}
