import { type ComponentChildren, Fragment } from 'preact';
import type { State } from '../../preload/contract.ts';
import { Panel } from '../parts/Panel.tsx';
import { words } from '../text/language.ts';
import { keysOf } from './shortcut-text.ts';
import { type ShortcutName, shortcutNames } from './shortcuts.ts';

interface Props {
  readonly version: string;
  /** The ways to a session that IT has offered. */
  readonly offers: State['signIn']['offers'];
  /** What must be seen and heard here, while nothing stands in front of it. */
  readonly foreground: ComponentChildren;
  readonly onClosed: () => void;
}

/** What the keyboard can do. */
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
      {keysOf(name).map((keys, index) => (
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
