import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { State } from '../../preload/contract.ts';
import { platform } from '../model/platform.ts';
import { type DialogProps, Panel } from '../parts/Panel.tsx';
import { words } from '../text/language.ts';
import { BrowserAccess } from './BrowserAccess.tsx';
import { ChoiceSetting } from './ChoiceSetting.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import { OriginsSetting } from './OriginsSetting.tsx';
import { LANGUAGE_NAMES, type SetSetting } from './settings.ts';
import { SwitchSetting } from './SwitchSetting.tsx';

interface Props extends DialogProps {
  readonly settings: State['settings'];
  readonly language: State['language'];
  readonly browser: State['browser'];
  readonly set: SetSetting;
  readonly onCopyToken: () => Promise<boolean>;
  readonly onHelp: () => void;
}

/** All settings; each change takes effect at once. */
export function SettingsDialog(props: Props) {
  const { settings, language, browser, set, onCopyToken, onHelp, foreground, onClosed } = props;
  const say = words.value.settings;
  const access = { settings, set };
  const isLinux = platform === 'linux';
  const decidedBy = settings.startAtLoginBy ?? undefined;
  return (
    <Panel title={say.title} foreground={foreground} onClosed={onClosed}>
      <Group title={say.general}>
        <SwitchSetting
          access={access}
          name="startAtLogin"
          hints={[say.startAtLoginHint, decidedBy && say.startAtLoginBy[decidedBy]]}
        />
        <ChoiceSetting
          access={access}
          name="language"
          choices={{ system: say.systemLanguage(LANGUAGE_NAMES[language]), ...LANGUAGE_NAMES }}
        />
        <ChoiceSetting access={access} name="appearance" choices={say.appearances} />
      </Group>
      <Group title={say.notifications}>
        <SwitchSetting access={access} name="notifyOutcomes" hints={[say.notifyOutcomesHint]} />
        <SwitchSetting access={access} name="notifyHandIns" hints={[say.notifyHandInsHint]} />
      </Group>
      <Group title={say.away} note={say.awayHint}>
        <ChoiceSetting access={access} name="onSuspend" choices={say.awayChoices} />
        <ChoiceSetting
          access={access}
          name="onLock"
          choices={say.awayChoices}
          {...(isLinux && { hint: say.onLockHint })}
        />
        <ChoiceSetting
          access={access}
          name="onDisconnect"
          hint={say.onDisconnectHint}
          choices={{ 'as-lock': say.asLock, ...say.awayChoices }}
        />
        <ChoiceSetting access={access} name="onIdle" choices={say.awayChoices} />
        <NumberSetting
          access={access}
          name="idleMinutes"
          isIdle={settings.values.onIdle === 'nothing'}
        />
      </Group>
      <Group title={say.browser}>
        <SwitchSetting access={access} name="browserHandIn" hints={[say.browserHandInHint]} />
        <OriginsSetting
          access={access}
          name="browserOrigins"
          hint={say.browserOriginsHint}
          isIdle={!settings.values.browserHandIn}
        />
        {settings.values.browserHandIn && (
          <BrowserAccess browser={browser} onCopyToken={onCopyToken} />
        )}
      </Group>
      <Group title={words.value.results.title}>
        <NumberSetting access={access} name="receiptDays" hint={say.receiptDaysHint} />
      </Group>
      <Group title={say.leftovers}>
        <ChoiceSetting
          access={access}
          name="leftover"
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

function Group(props: {
  title: string;
  /** About all of them. */
  note?: string;
  children: ComponentChildren;
}) {
  const { title, note, children } = props;
  const id = useId();
  return (
    <section class="settings-group" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <div class="settings-list">{children}</div>
      {note !== undefined && <p class="settings-note quiet">{note}</p>}
    </section>
  );
}
