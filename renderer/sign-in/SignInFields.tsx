import { useRef } from 'preact/hooks';
import type { State } from '../../preload/contract.ts';
import { Checkbox } from '../parts/Checkbox.tsx';
import { TextField } from '../parts/TextField.tsx';
import { words } from '../text/language.ts';
import { isRemembered, SIGN_IN_FIELDS, type SignInDraft, type SignInField } from './draft.ts';
import type { SignInErrors } from './errors.ts';

interface Props {
  readonly signIn: State['signIn'];
  readonly draft: SignInDraft;
  readonly errors: SignInErrors;
  /** Whether a sign-in is running; nothing can be changed then. */
  readonly busy: boolean;
  readonly onChange: (changed: Partial<SignInDraft>) => void;
  /** Called after a change, when a field is left. */
  readonly onLeave: () => void;
  readonly onForget: () => void;
}

export function SignInFields({ signIn, draft, errors, busy, onChange, onLeave, onForget }: Props) {
  const fields = useRef<HTMLDivElement>(null);
  const say = words.value.signIn;
  const remembered = isRemembered(draft, signIn.defaults);
  // The first empty field when the form opens gets the focus.
  const first = useRef(SIGN_IN_FIELDS.find((field) => draft[field] === ''));
  const forget = (): void => {
    onForget();
    onChange({ remember: false });
    fields.current?.querySelector<HTMLElement>('[name="password"]')?.focus();
  };
  const field = (name: SignInField, more: Partial<Parameters<typeof TextField>[0]> = {}) => (
    <TextField
      name={name}
      label={say.fields[name]}
      hint={say.hints[name]}
      value={draft[name]}
      problem={errors.byField.get(name)}
      first={first.current === name}
      readOnly={busy}
      onType={(value) => onChange({ [name]: value })}
      onLeave={onLeave}
      {...more}
    />
  );
  return (
    <>
      <div class="form-fields" ref={fields}>
        {field('site')}
        {field('userName')}
        {field('accountId')}
        {field('password', {
          show: say.showPassword,
          placeholder: remembered ? say.remembered : undefined,
          aside: remembered && !busy && (
            <button type="button" class="link" aria-label={say.forgetPassword} onClick={forget}>
              {say.forget}
            </button>
          ),
        })}
      </div>
      <div class="ticks">
        <Checkbox
          name="available"
          label={say.available}
          checked={draft.available}
          disabled={busy}
          onChange={(available) => onChange({ available })}
        />
        {signIn.mayRemember && (
          <Checkbox
            name="remember"
            label={say.remember}
            hint={say.rememberHint}
            checked={draft.remember}
            disabled={busy}
            onChange={(remember) => onChange({ remember })}
          />
        )}
      </div>
    </>
  );
}
