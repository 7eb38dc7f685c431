interface Props<Value extends string> {
  readonly label: string;
  /** Every choice, by its name. */
  readonly names: Readonly<Record<Value, string>>;
  readonly values: readonly Value[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
}

/** A choice of one among a few. */
export function Segments<Value extends string>(props: Props<Value>) {
  const { label, names, values, value, onChoose } = props;
  return (
    <div class="segments" role="group" aria-label={label}>
      {values.map((choice) => (
        <button
          key={choice}
          type="button"
          class="segment"
          aria-pressed={choice === value}
          onClick={() => onChoose(choice)}
        >
          {names[choice]}
        </button>
      ))}
    </div>
  );
}
