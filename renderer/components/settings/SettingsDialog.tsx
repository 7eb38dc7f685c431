import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { State } from '../../../preload/contract.ts';
import { words } from '../../language.ts';
import { platform } from '../../platform.ts';
import { LANGUAGE_NAMES } from '../../settings.ts';
import type { SetSetting } from '../../settings.ts';
import { Panel } from '../Panel.tsx';
import { ChoiceSetting } from './ChoiceSetting.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import { SwitchSetting } from './SwitchSetting.tsx';

interface Props {
  readonly settings: State['settings'];
  readonly language: State['language'];
  readonly set: SetSetting;
  readonly onHelp: () => void;
  readonly onClosed: () => void;
}

/** Every setting, each changed as soon as it is touched. */
export function SettingsDialog({ settings, language, set, onHelp, onClosed }: Props) {
  const say = words.value.settings;
  const access = { settings, set };
  const isLinux = platform === 'linux';
  return (
    <Panel title={say.title} onClosed={onClosed}>
      <Group title={say.general}>
        <SwitchSetting
          access={access}
          name="startAtLogin"
          label={say.startAtLogin}
          hint={say.startAtLoginHint}
        />
        <ChoiceSetting
          access={access}
          name="language"
          label={say.language}
          choices={{ system: say.systemLanguage(LANGUAGE_NAMES[language]), ...LANGUAGE_NAMES }}
        />
        <ChoiceSetting
          access={access}
          name="appearance"
          label={say.appearance}
          choices={say.appearances}
        />
      </Group>
      <Group title={say.notifications}>
        <SwitchSetting
          access={access}
          name="notifyOutcomes"
          label={say.notifyOutcomes}
          hint={say.notifyOutcomesHint}
        />
        <SwitchSetting
          access={access}
          name="notifyHandIns"
          label={say.notifyHandIns}
          hint={say.notifyHandInsHint}
        />
      </Group>
      <Group title={say.away}>
        <SwitchSetting access={access} name="signOffOnSuspend" label={say.signOffOnSuspend} />
        <SwitchSetting
          access={access}
          name="signOffOnLock"
          label={say.signOffOnLock}
          isIdle={isLinux}
          {...(isLinux && { hint: say.signOffOnLockHint })}
        />
        <SwitchSetting access={access} name="signOffOnIdle" label={say.signOffOnIdle} />
        <NumberSetting
          access={access}
          name="idleMinutes"
          label={say.idleMinutes}
          isIdle={!settings.values.signOffOnIdle}
        />
      </Group>
      <Group title={say.results}>
        <NumberSetting
          access={access}
          name="receiptDays"
          label={say.receiptDays}
          hint={say.receiptDaysHint}
        />
      </Group>
      <Group title={say.leftovers}>
        <ChoiceSetting
          access={access}
          name="leftover"
          label={say.leftover}
          hint={say.leftoverHint}
          choices={say.leftoverChoices}
          isWide
        />
      </Group>
      <button type="button" class="button button-plain" onClick={onHelp}>
        {say.helpTitle}
      </button>
    </Panel>
  );
}

function Group({ title, children }: { title: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <section class="settings-group" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <div class="settings-list">{children}</div>
    </section>
  );
}
