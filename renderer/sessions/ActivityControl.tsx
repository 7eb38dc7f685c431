import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { HeldView, State } from '../../preload/contract.ts';
import { Icon } from '../parts/Icon.tsx';
import { words } from '../text/language.ts';
import { heldName } from '../text/names.ts';

interface Props {
  readonly held: HeldView;
  readonly activity: NonNullable<HeldView['activity']>;
  readonly reasons: State['unavailableReasons'];
  /** While the session is being ended, its status is left alone. */
  readonly busy: boolean;
  /** Resolves with why it was not changed, in words, or null. */
  readonly onSet: (activity: Activity) => Promise<string | null>;
}

/** What an agent can be set to. */
export interface Activity {
  readonly value: 'available' | 'unavailable';
  readonly reason: number | null;
}

/** Has the agent set available or unavailable; where there are reasons, with one of them. */
export function ActivityControl({ held, activity, reasons, busy, onSet }: Props) {
  const reasonsId = useId();
  const asked = useSignal<Activity | null>(null);
  const answer = useSignal<string | null>(null);
  const choosing = useSignal(false);
  const reasonsShown = useRef<HTMLDivElement>(null);
  const unavailable = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (choosing.value) reasonsShown.current?.querySelector('button')?.focus();
  }, [choosing.value]);

  const say = words.value.sessions.activity;
  const isOff = busy || activity.changing || asked.value !== null;
  const isUnavailable = activity.value === 'unavailable';
  const showsReasons = reasons.length > 0 && (choosing.value || isUnavailable);
  const problem = isOff ? null : (activity.problem ?? answer.value);

  // Until then they stay, to choose another one where the first did not come about.
  useLayoutEffect(() => {
    if (isUnavailable) choosing.value = false;
  }, [isUnavailable, choosing]);

  // Changed since, be it from the tray, it is no longer what could not be changed.
  useLayoutEffect(() => {
    answer.value = null;
  }, [activity.value, activity.reason, answer]);

  const set = async (choice: Activity): Promise<void> => {
    if (isOff) return;
    asked.value = choice;
    answer.value = null;
    answer.value = await onSet(choice);
    asked.value = null;
  };
  const setUnavailable = (): void => {
    if (isOff || isUnavailable) return;
    if (reasons.length > 0) choosing.value = !choosing.value;
    else void set({ value: 'unavailable', reason: null });
  };

  return (
    // The key is only caught on its way up from the buttons, which are what takes the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      class="activity"
      role="group"
      aria-label={say.of(heldName(held))}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !choosing.value) return;
        choosing.value = false;
        unavailable.current?.focus();
      }}
    >
      <div class="activity-values">
        <button
          type="button"
          class="activity-value tone-good"
          aria-pressed={activity.value === 'available'}
          aria-disabled={isOff}
          onClick={() => {
            choosing.value = false;
            if (activity.value !== 'available') void set({ value: 'available', reason: null });
          }}
        >
          <Dot waiting={asked.value?.value === 'available'} />
          {say.values.available}
        </button>
        <button
          type="button"
          class="activity-value tone-care"
          ref={unavailable}
          aria-pressed={isUnavailable}
          aria-expanded={reasons.length > 0 ? showsReasons : undefined}
          aria-controls={showsReasons ? reasonsId : undefined}
          aria-disabled={isOff}
          onClick={setUnavailable}
        >
          <Dot waiting={asked.value?.value === 'unavailable'} />
          {say.values.unavailable}
        </button>
      </div>
      <p class={problem === null ? 'activity-word quiet' : 'activity-word problem'} role="status">
        {problem ?? notSettled(activity, asked.value !== null)}
      </p>
      {showsReasons && (
        <div
          class="reasons"
          id={reasonsId}
          ref={reasonsShown}
          role="group"
          aria-labelledby={`${reasonsId}-title`}
        >
          <p id={`${reasonsId}-title`} class="reasons-title quiet">
            {say.reasons}
          </p>
          {reasons.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              class="reason"
              aria-pressed={isUnavailable && activity.reason === id}
              aria-disabled={isOff}
              onClick={() => {
                if (isUnavailable && activity.reason === id) return;
                void set({ value: 'unavailable', reason: id });
              }}
            >
              {name}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** What is to be said of a status that is neither of the two for sure. */
function notSettled({ value, changing }: Props['activity'], isAsked: boolean): string {
  const say = words.value.sessions.activity;
  if (changing || isAsked) return say.changing;
  return value === 'unknown' ? say.values.unknown : '';
}

function Dot({ waiting }: { waiting: boolean }) {
  return waiting ? <Icon name="busy" /> : <span class="dot" aria-hidden="true" />;
}
