import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect } from 'preact/hooks';
import type { State } from '../../preload/contract.ts';
import type { SetSetting, SettingName, Settings } from './settings.ts';

export interface SettingsAccess {
  readonly settings: State['settings'];
  readonly set: SetSetting;
}

export interface Setting<N extends SettingName> {
  /** The chosen value, also before the app has confirmed it. */
  readonly value: Settings[N];
  readonly isManaged: boolean;
  /** Why it was not changed, in words. */
  readonly problem: string | null;
  readonly change: (value: Settings[N]) => void;
  /** Shows why the input is invalid; it is not sent. Null clears that. */
  readonly setProblem: (problem: string | null) => void;
  readonly ids: { readonly control: string; readonly note: string; readonly problem: string };
  /** The attributes that every control has. */
  readonly control: { readonly id: string; readonly name: N; readonly 'aria-describedby': string };
}

/** The state of one setting's control. A change that the app refuses is undone. */
export function useSetting<N extends SettingName>(
  { settings, set }: SettingsAccess,
  name: N,
): Setting<N> {
  const current = settings.values[name];
  const chosen = useSignal<Settings[N] | null>(null);
  const problem = useSignal<string | null>(null);
  const ids = { control: useId(), note: useId(), problem: useId() };
  useLayoutEffect(() => {
    chosen.value = null;
  }, [current, chosen]);

  const change = async (value: Settings[N]): Promise<void> => {
    chosen.value = value;
    problem.value = null;
    const found = await set(name, value);
    // An accepted value is shown as chosen until the app's state has it.
    if (found !== null && chosen.value === value) chosen.value = null;
    problem.value = found;
  };
  return {
    value: chosen.value ?? current,
    isManaged: settings.managed.includes(name),
    problem: problem.value,
    change: (value) => void change(value),
    setProblem: (text) => (problem.value = text),
    ids,
    control: { id: ids.control, name, 'aria-describedby': `${ids.note} ${ids.problem}` },
  };
}
