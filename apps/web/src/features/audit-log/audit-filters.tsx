import type { AuditEntryView } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { formatCount } from '../../lib/number-format.ts';
import { Button } from '../../ui/button.tsx';
import { FilterChip } from '../../ui/filter-chip.tsx';
import { FilterInput } from '../../ui/filter-input.tsx';
import { Select } from '../../ui/select.tsx';
import { type AuditFilters, isFiltered, NO_FILTERS, readAction } from './audit-view.ts';
import { actionGroups, actionWords } from './audit-words.ts';

/** Changes some of the filters. */
export type ChangeFilters = (change: Partial<AuditFilters>) => void;

const GROUPS = actionGroups();

/** The fields that narrow the list. */
export function AuditFilterFields({
  filters,
  change,
}: {
  readonly filters: AuditFilters;
  readonly change: ChangeFilters;
}): ReactNode {
  return (
    <search aria-label="Filters" className="flex flex-wrap gap-2">
      <FilterInput
        label="Search names"
        title="Anywhere in the name of who did it or what it was done to"
        value={filters.text}
        className="w-56 max-sm:w-full"
        onFilter={(text) => change({ text })}
      />
      <Select
        aria-label="Action"
        className="w-64 max-sm:w-full"
        value={filters.action ?? ''}
        onChange={(event) => change({ action: readAction(event.target.value) })}
      >
        <option value="">Whatever was done</option>
        {GROUPS.map(({ label, actions }) => (
          <optgroup key={label} label={label}>
            {actions.map((action) => (
              <option key={action} value={action}>
                {actionWords(action)}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
    </search>
  );
}

/** The filters that are on, each to be taken off. Ids are shown as the names that the entries have for them. */
export function AuditFilterChips({
  filters,
  entries,
  change,
}: {
  readonly filters: AuditFilters;
  readonly entries: readonly AuditEntryView[];
  readonly change: ChangeFilters;
}): ReactNode {
  if (!isFiltered(filters)) {
    return null;
  }
  const { action, actor, target, text, seq } = filters;
  const chips = [
    ['Search', text, { text: undefined }],
    ['Action', action && actionWords(action), { action: undefined }],
    ['By', actor && (entries.find((entry) => entry.actor.id === actor)?.actor.name ?? actor), { actor: undefined }],
    [
      'About',
      target && (entries.find((entry) => entry.target.id === target)?.target.name ?? target),
      { target: undefined },
    ],
    ['Entry', seq === undefined ? undefined : formatCount(seq), { seq: undefined }],
  ] as const;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {chips.map(([label, value, without]) =>
        value === undefined ? null : (
          <FilterChip key={label} label={label} value={value} onRemove={() => change(without)} />
        ),
      )}
      <Button variant="ghost" size="sm" onClick={() => change(NO_FILTERS)}>
        Clear
      </Button>
    </div>
  );
}
