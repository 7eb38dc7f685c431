import { useId } from 'preact/hooks';

interface Props {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Checkbox({ name, label, hint, checked, disabled, onChange }: Props) {
  const id = useId();
  const hintId = useId();
  return (
    <div class="tick">
      <input
        type="checkbox"
        id={id}
        name={name}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : hintId}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p id={hintId} class="note quiet">
          {hint}
        </p>
      )}
    </div>
  );
}
