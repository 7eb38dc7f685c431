import type { ReadonlySignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { ElsewhereView, State } from '../../preload/contract.ts';
import { words } from '../text/language.ts';
import { timeOrDay } from '../text/time.ts';
import { HeldSession } from './HeldSession.tsx';

interface Props {
  readonly state: State;
  readonly requested: ReadonlySet<string>;
  readonly now: ReadonlySignal<number>;
  readonly onSignOff: (ids: [string], force: boolean) => void;
}

/** What other machines hold that share the agent's files. */
export function HeldElsewhere({ state, ...props }: Props) {
  return state.elsewhere.map((machine) => (
    <HeldBy
      key={`${machine.host} ${machine.since}`}
      machine={machine}
      online={state.online}
      {...props}
    />
  ));
}

interface HeldByProps extends Omit<Props, 'state'> {
  readonly machine: ElsewhereView;
  readonly online: boolean;
}

function HeldBy({ machine, online, requested, now, onSignOff }: HeldByProps) {
  const headingId = useId();
  const { host, since, held } = machine;
  const say = words.value.sessions;
  const moment = since === null ? null : timeOrDay(since, now.value);
  return (
    <section class="section" aria-labelledby={headingId}>
      <div class="section-head">
        <h2 id={headingId}>{say.heldElsewhere(host, moment)}</h2>
      </div>
      <p class="quiet">{held === null ? say.elsewhereSealed : say.elsewhereMeans}</p>
      {held !== null && (
        <ul class="cards cards-compact">
          {held.map((session) => (
            <HeldSession
              key={session.id}
              held={session}
              compact
              elsewhere
              busy={session.ending !== null || requested.has(session.id)}
              online={online}
              availableKinds={[]}
              unavailableReasons={[]}
              now={now}
              onSignOff={(force) => onSignOff([session.id], force)}
              onSetActivity={async () => null}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
