import type { ReactNode } from 'react';
import type { FieldControl } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';

/** Colours that can be chosen; Grafana's names, which the charts give the theme's shades. */
const COLORS = ['green', 'yellow', 'orange', 'red', 'blue', 'purple'] as const;

/** One of the named colours; what was imported stays to be chosen. */
export function ColorSelect({
  value,
  onChange,
  ...control
}: Partial<FieldControl> & {
  readonly 'aria-label'?: string;
  readonly value: string;
  readonly onChange: (color: string) => void;
}): ReactNode {
  return (
    <Select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">Default</option>
      {[...new Set([...COLORS, ...(value === '' ? [] : [value])])].map((color) => (
        <option key={color} value={color}>
          {color}
        </option>
      ))}
    </Select>
  );
}
