import { Fragment } from 'preact';
import { words } from '../language.ts';
import { keysOf, shortcutNames } from '../shortcuts.ts';
import type { ShortcutName } from '../shortcuts.ts';
import { Panel } from './Panel.tsx';

interface Props {
  readonly version: string;
  readonly onClosed: () => void;
}

/** What the keyboard can do. */
export function Help({ version, onClosed }: Props) {
  const say = words.value.settings;
  return (
    <Panel title={say.helpTitle} onClosed={onClosed}>
      <dl class="shortcuts">
        {shortcutNames.map((name) => (
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
