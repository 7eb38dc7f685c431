import { words } from '../text/language.ts';
import { kindWords } from '../text/names.ts';
import type { Draft } from './draft.ts';

const KINDS: readonly Draft['kind'][] = ['agent', 'engagement'];

interface Props {
  readonly kind: Draft['kind'];
  readonly onChoose: (kind: Draft['kind']) => void;
}

export function KindChoice({ kind, onChoose }: Props) {
  return (
    <fieldset class="kinds">
      <legend class="only-heard">{words.value.sessions.kind}</legend>
      {KINDS.map((choice) => (
        <label key={choice}>
          <input
            type="radio"
            name="kind"
            value={choice}
            checked={kind === choice}
            onChange={() => onChoose(choice)}
          />
          <span>{kindWords(choice)}</span>
        </label>
      ))}
    </fieldset>
  );
}
