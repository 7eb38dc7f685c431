import { Fragment } from 'preact';
import type { State } from '../../preload/contract.ts';
import { type DialogProps, Panel } from '../parts/Panel.tsx';
import { words } from '../text/language.ts';
import { keyNamesOf } from './shortcut-text.ts';
import { type ShortcutName, shortcutNames } from './shortcuts.ts';

interface Props extends DialogProps {
  readonly version: string;
  readonly offers: State['signIn']['offers'];
}

/** The keyboard shortcuts and the version. */
export function HelpDialog({ version, offers, foreground, onClosed }: Props) {
  const say = words.value.settings;
  const offered: Partial<Record<ShortcutName, boolean>> = {
    signIn: offers.signIn,
    add: offers.handIn,
  };
  return (
    <Panel title={say.helpTitle} foreground={foreground} onClosed={onClosed}>
      <dl class="shortcuts">
        {shortcutNames
          .filter((name) => offered[name] ?? true)
          .map((name) => (
            <div key={name}>
              <dt>{say.shortcuts[name]}</dt>
              <dd>
                <Keys name={name} />
              </dd>
            </div>
          ))}
      </dl>
      <p class="quiet">{say.version(version)}</p>
    </Panel>
  );
}

function Keys({ name }: { name: ShortcutName }) {
  return (
    <>
      {keyNamesOf(name).map((keys, index) => (
        <Fragment key={keys.join('+')}>
          {index > 0 && <span class="quiet">{words.value.settings.or}</span>}
          <span class="keys">
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </span>
        </Fragment>
      ))}
    </>
  );
}
