import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect } from 'preact/hooks';
import type { State } from '../../preload/contract.ts';
import type { SetSetting, SettingName, Settings } from './settings.ts';

/** What every control of a setting needs. */
export interface SettingsAccess {
  readonly settings: State['settings'];
  readonly set: SetSetting;
}

interface Setting<N extends SettingName> {
  /** What was chosen, also before the app has taken it. */
  readonly value: Settings[N];
  readonly isManaged: boolean;
  /** Why it was not changed, in words. */
  readonly problem: string | null;
  readonly change: (value: Settings[N]) => void;
  /** Says what is wrong with what was typed, which is not sent; null where nothing is any more. */
  readonly refuse: (problem: string | null) => void;
  readonly ids: { readonly control: string; readonly note: string; readonly problem: string };
}

/** One setting as its control shows and changes it. What the app does not take is undone. */
export function useSetting<N extends SettingName>(
  { settings, set }: SettingsAccess,
  name: N,
): Setting<N> {
  const current = settings.values[name];
  const chosen = useSignal<Settings[N] | null>(null);
  const problem = useSignal<string | null>(null);
  const control = useId();
  const note = useId();
  const problemId = useId();
  useLayoutEffect(() => {
    chosen.value = null;
  }, [current, chosen]);

  const change = async (value: Settings[N]): Promise<void> => {
    chosen.value = value;
    problem.value = null;
    const found = await set(name, value);
    // Taken, it is shown as chosen until the app's state says so itself.
    if (found !== null && chosen.value === value) chosen.value = null;
    problem.value = found;
  };
  return {
    value: chosen.value ?? current,
    isManaged: settings.managed.includes(name),
    problem: problem.value,
    change: (value) => void change(value),
    refuse: (text) => (problem.value = text),
    ids: { control, note, problem: problemId },
  };
}
