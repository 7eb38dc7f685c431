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
  /** Whether the session is being ended; its status cannot be changed then. */
  readonly busy: boolean;
  /** Resolves with why it was not changed, in words, or null. */
  readonly onSet: (activity: Activity) => Promise<string | null>;
}

/** A status that an agent can be set to. */
export interface Activity {
  readonly value: 'available' | 'unavailable';
  readonly reason: number | null;
}

/** Sets the agent available or unavailable, with a reason if the site has any. */
export function ActivityControl({ held, activity, reasons, busy, onSet }: Props) {
  const reasonsId = useId();
  const requested = useSignal<Activity | null>(null);
  const failure = useSignal<string | null>(null);
  const choosing = useSignal(false);
  const reasonList = useRef<HTMLDivElement>(null);
  const unavailable = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (choosing.value) reasonList.current?.querySelector('button')?.focus();
  }, [choosing.value]);

  const say = words.value.sessions.activity;
  const isDisabled = busy || activity.changing || requested.value !== null;
  const isUnavailable = activity.value === 'unavailable';
  const showsReasons = reasons.length > 0 && (choosing.value || isUnavailable);
  const problem = isDisabled ? null : (activity.problem ?? failure.value);

  // The reasons stay until the change succeeds, so that another one can be chosen.
  useLayoutEffect(() => {
    if (isUnavailable) choosing.value = false;
  }, [isUnavailable, choosing]);

  // The failure is outdated once the status has changed, for example from the tray.
  useLayoutEffect(() => {
    failure.value = null;
  }, [activity.value, activity.reason, failure]);

  const set = async (choice: Activity): Promise<void> => {
    if (isDisabled) return;
    requested.value = choice;
    failure.value = null;
    failure.value = await onSet(choice);
    requested.value = null;
  };
  const setUnavailable = (): void => {
    if (isDisabled || isUnavailable) return;
    if (reasons.length > 0) choosing.value = !choosing.value;
    else void set({ value: 'unavailable', reason: null });
  };

  return (
    // The key only bubbles up from the buttons, which have the focus.
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
          aria-disabled={isDisabled}
          onClick={() => {
            choosing.value = false;
            if (activity.value !== 'available') void set({ value: 'available', reason: null });
          }}
        >
          <Dot waiting={requested.value?.value === 'available'} />
          {say.values.available}
        </button>
        <button
          type="button"
          class="activity-value tone-care"
          ref={unavailable}
          aria-pressed={isUnavailable}
          aria-expanded={reasons.length > 0 ? showsReasons : undefined}
          aria-controls={showsReasons ? reasonsId : undefined}
          aria-disabled={isDisabled}
          onClick={setUnavailable}
        >
          <Dot waiting={requested.value?.value === 'unavailable'} />
          {say.values.unavailable}
        </button>
      </div>
      <p class={problem === null ? 'activity-word quiet' : 'activity-word problem'} role="status">
        {problem ?? statusText(activity, requested.value !== null)}
      </p>
      {showsReasons && (
        <div
          class="reasons"
          id={reasonsId}
          ref={reasonList}
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
              aria-disabled={isDisabled}
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

/** Why neither button is pressed; empty if one is. */
function statusText({ value, changing }: Props['activity'], isRequested: boolean): string {
  const say = words.value.sessions.activity;
  if (changing || isRequested) return say.changing;
  return value === 'unknown' ? say.values.unknown : '';
}

function Dot({ waiting }: { waiting: boolean }) {
  return waiting ? <Icon name="busy" /> : <span class="dot" aria-hidden="true" />;
}
