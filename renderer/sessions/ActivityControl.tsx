import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { HeldView, State } from '../../preload/contract.ts';
import { Icon } from '../parts/Icon.tsx';
import { words } from '../text/language.ts';
import { heldName } from '../text/names.ts';

interface Props {
  readonly held: HeldView;
  readonly activity: NonNullable<HeldView['activity']>;
  readonly kinds: State['availableKinds'];
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

type Value = Activity['value'];

/** Sets the agent available or unavailable; of several kinds or reasons that the site has, the agent chooses one. */
export function ActivityControl({ held, activity, kinds, reasons, busy, onSet }: Props) {
  const listId = useId();
  const requested = useSignal<Activity | null>(null);
  const failure = useSignal<string | null>(null);
  const choosing = useSignal<Value | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const buttons = useRef(new Map<Value, HTMLButtonElement | null>());
  useLayoutEffect(() => {
    if (choosing.value !== null) list.current?.querySelector('button')?.focus();
  }, [choosing.value]);

  const say = words.value.sessions.activity;
  const isDisabled = busy || activity.changing || requested.value !== null;
  // A single kind of being available is no choice; a reason is one, beside none.
  const choices = { available: kinds.length > 1 ? kinds : [], unavailable: reasons };
  const current = activity.value === 'unknown' ? null : activity.value;
  const listed = choosing.value ?? current;
  const shown = listed !== null && choices[listed].length > 0 ? listed : null;
  const problem = isDisabled ? null : (activity.problem ?? failure.value);

  // The choices stay until the change succeeds, so that another one can be made.
  useLayoutEffect(() => {
    choosing.value = null;
  }, [activity.value, choosing]);

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
  const press = (value: Value): void => {
    if (isDisabled || current === value) {
      choosing.value = null;
      return;
    }
    if (choices[value].length > 0) choosing.value = choosing.value === value ? null : value;
    else {
      choosing.value = null;
      void set({ value, reason: null });
    }
  };
  const button = (value: Value, tone: 'good' | 'care') => (
    <button
      type="button"
      class={`activity-value tone-${tone}`}
      ref={(element) => void buttons.current.set(value, element)}
      aria-pressed={current === value}
      aria-expanded={choices[value].length > 0 ? shown === value : undefined}
      aria-controls={shown === value ? listId : undefined}
      aria-disabled={isDisabled}
      onClick={() => press(value)}
    >
      <Dot waiting={requested.value?.value === value} />
      {say.values[value]}
    </button>
  );

  return (
    // The key only bubbles up from the buttons, which have the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      class="activity"
      role="group"
      aria-label={say.of(heldName(held))}
      onKeyDown={(event) => {
        const value = choosing.value;
        if (event.key !== 'Escape' || value === null) return;
        choosing.value = null;
        buttons.current.get(value)?.focus();
      }}
    >
      <div class="activity-values">
        {button('available', 'good')}
        {button('unavailable', 'care')}
      </div>
      <p class={problem === null ? 'activity-word quiet' : 'activity-word problem'} role="status">
        {problem ?? statusText(activity, requested.value !== null)}
      </p>
      {shown !== null && (
        <div
          class="reasons"
          id={listId}
          ref={list}
          role="group"
          aria-labelledby={`${listId}-title`}
        >
          <p id={`${listId}-title`} class="reasons-title quiet">
            {shown === 'available' ? say.kinds : say.reasons}
          </p>
          {choices[shown].map(({ id, name }) => {
            const isCurrent = current === shown && activity.reason === id;
            return (
              <button
                key={id}
                type="button"
                class="reason"
                aria-pressed={isCurrent}
                aria-disabled={isDisabled}
                onClick={() => {
                  if (!isCurrent) void set({ value: shown, reason: id });
                }}
              >
                {name}
              </button>
            );
          })}
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
