import { TextField } from '../parts/TextField.tsx';
import { words } from '../text/language.ts';
import type { Field } from './draft.ts';

interface Props {
  readonly field: Field;
  readonly value: string;
  readonly optional: boolean;
  readonly problem: string | undefined;
  readonly onType: (value: string) => void;
}

/** One field of a session that is added. */
export function SessionField({ field, ...props }: Props) {
  const { fields, hints, showSessionId } = words.value.sessions;
  return (
    <TextField
      {...props}
      name={field}
      label={fields[field]}
      hint={hints[field]}
      first={field === 'server'}
      show={field === 'sessionId' ? showSessionId : undefined}
    />
  );
}
