import type { ReactNode } from 'react';
import { FilterInput } from '../../../ui/filter-input.tsx';
import type { ResolvedVariable } from './resolved-variable.ts';
import { VariableChoice } from './variable-choice.tsx';

/** What the panels' queries are about; below the top line of a dashboard. */
export function VariablesBar({
  resolved,
  onChange,
}: {
  readonly resolved: readonly ResolvedVariable[];
  readonly onChange: (name: string, values: readonly string[]) => void;
}): ReactNode {
  const shown = resolved.filter(({ variable }) => !variable.isHidden && variable.type !== 'constant');
  if (shown.length === 0) {
    return null;
  }
  return (
    <div className="flex flex-wrap gap-2">
      {shown.map((each) => {
        const { name, label, type } = each.variable;
        const title = label === '' ? name : label;
        return (
          <div key={name} className="flex min-w-0 items-center">
            <span
              aria-hidden
              className="flex h-8 items-center rounded-l-md border border-line-strong border-r-0 bg-canvas px-2.5 text-muted text-xs"
            >
              {title}
            </span>
            {type === 'text' ? (
              <FilterInput
                label={title}
                className="rounded-l-none"
                value={each.value.values[0]}
                onFilter={(text) => onChange(name, text === undefined ? [] : [text])}
              />
            ) : (
              <VariableChoice resolved={each} onChange={(values) => onChange(name, values)} />
            )}
          </div>
        );
      })}
    </div>
  );
}
