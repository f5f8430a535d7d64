import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import { ChoiceInput } from '../../../ui/choice-input.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Select } from '../../../ui/select.tsx';
import { labelNames, labelValues } from '../metrics-api.ts';
import { FILTER_OPERATORS, type LabelFilter } from './builder-query.ts';
import { selectorText } from './print-builder-query.ts';

/** Which series are meant, by their labels; values are suggested among those that the other filters leave. */
export function LabelFilters({
  orgId,
  range,
  metric,
  filters,
  onChange,
}: {
  readonly orgId: string;
  readonly range: ResolvedRange;
  readonly metric: string;
  readonly filters: readonly LabelFilter[];
  readonly onChange: (filters: readonly LabelFilter[]) => void;
}): ReactNode {
  const change = (place: number, part: Partial<LabelFilter>): void =>
    onChange(filters.map((filter, index) => (index === place ? { ...filter, ...part } : filter)));
  const selectorWithout = (place: number | undefined): string | undefined => {
    const text = selectorText(
      metric,
      filters.filter((filter, index) => index !== place && filter.value !== ''),
    );
    return text === '' || text === '{}' ? undefined : text;
  };
  const placed = filters.map((filter, place) => ({ filter, place, id: `${place} of ${filters.length}` }));
  const all = selectorWithout(undefined);
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-1.5">
      <legend className="sr-only">Label filters</legend>
      {placed.map(({ filter, place, id }) => {
        const selector = selectorWithout(place);
        return (
          <span key={id} className="flex flex-wrap items-center gap-0.5 rounded-md bg-hover p-0.5">
            <ChoiceInput
              label={`Label ${place + 1}`}
              placeholder="label"
              value={filter.label}
              className="w-28"
              source={{
                key: ['metrics', orgId, 'labels', metric],
                ask: async () => (await labelNames(orgId, all, range)).filter((name) => name !== '__name__'),
              }}
              onChoose={(label) => change(place, { label })}
            />
            <Select
              aria-label={`Operator ${place + 1}`}
              className="h-7 px-1 font-mono text-xs"
              value={filter.op}
              onChange={({ target }) =>
                change(place, { op: FILTER_OPERATORS.find((op) => op === target.value) ?? '=' })
              }
            >
              {FILTER_OPERATORS.map((op) => (
                <option key={op}>{op}</option>
              ))}
            </Select>
            <ChoiceInput
              label={`Value ${place + 1}`}
              placeholder="value"
              value={filter.value}
              className="w-32"
              source={{
                key: ['metrics', orgId, 'values', filter.label, selector],
                ask: (signal) =>
                  filter.label === '' ? Promise.resolve([]) : labelValues(orgId, filter.label, selector, range, signal),
              }}
              onChoose={(value) => change(place, { value })}
            />
            <IconButton
              label={`Remove filter ${place + 1}`}
              size="icon-sm"
              onClick={() => onChange(filters.filter((_, index) => index !== place))}
            >
              <X aria-hidden />
            </IconButton>
          </span>
        );
      })}
      <Button size="sm" variant="ghost" onClick={() => onChange([...filters, { label: '', op: '=', value: '' }])}>
        <Plus aria-hidden />
        Filter
      </Button>
    </fieldset>
  );
}
