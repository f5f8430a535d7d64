import type { ReactNode } from 'react';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';

/** For which variable's values a panel or row is there once each. */
export function RepeatField({
  value,
  names,
  onChange,
}: {
  readonly value: string;
  readonly names: readonly string[];
  readonly onChange: (name: string) => void;
}): ReactNode {
  return (
    <Field label="Repeat for each value of" hint="While the dashboard is edited it is there once.">
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">No variable</option>
          {[...new Set([...names, ...(value === '' ? [] : [value])])].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
