import { type ReactNode, useState } from 'react';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';

/** A number, or nothing: null. What is typed stays as it is, so that `0.` can become `0.5`. */
export function NumberInput({
  label,
  value,
  placeholder,
  min,
  max,
  onChange,
}: {
  readonly label: string;
  readonly value: number | null;
  readonly placeholder: string;
  readonly min?: number;
  readonly max?: number;
  readonly onChange: (value: number | null) => void;
}): ReactNode {
  const [text, setText] = useState(value === null ? '' : String(value));
  const number = Number(text);
  const isNumber =
    text.trim() === '' ||
    (Number.isFinite(number) &&
      number >= (min ?? Number.NEGATIVE_INFINITY) &&
      number <= (max ?? Number.POSITIVE_INFINITY));
  return (
    <Field label={label} error={isNumber ? undefined : 'Enter a number.'}>
      {(control) => (
        <Input
          {...control}
          inputMode="decimal"
          placeholder={placeholder}
          value={text}
          onChange={(event) => {
            const next = event.target.value;
            setText(next);
            const parsed = Number(next);
            if (next.trim() === '') {
              onChange(null);
            } else if (Number.isFinite(parsed)) {
              onChange(parsed);
            }
          }}
        />
      )}
    </Field>
  );
}
