import { EVENT_SOURCES, type EventSource, PLATFORM_EVENTS } from '@aegisguard/model';
import { type ReactNode, useMemo } from 'react';
import { Button } from '../../ui/button.tsx';
import { FilterChip } from '../../ui/filter-chip.tsx';
import { FilterInput } from '../../ui/filter-input.tsx';
import { Select } from '../../ui/select.tsx';
import { type EventFilters, isFiltered, NO_FILTERS, readTypes } from './events-view.ts';

/** Changes some of the filters. */
export type ChangeFilters = (change: Partial<EventFilters>) => void;

const SOURCE_WORDS: Readonly<Record<EventSource, string>> = { platform: 'The platform', ingested: 'Your systems' };

/** Two fields a line where there is little room. */
const HALF = 'max-sm:w-[calc(50%-4px)]';

/** The fields that narrow the list. */
export function EventFilterFields({
  filters,
  knownTypes,
  change,
}: {
  readonly filters: EventFilters;
  /** Types that occur. */
  readonly knownTypes: readonly string[];
  readonly change: ChangeFilters;
}): ReactNode {
  const { types, actor, ip, source, text } = filters;
  const suggestions = useMemo(
    () => [...new Set([...knownTypes, ...Object.keys(PLATFORM_EVENTS)])].filter((type) => !types.includes(type)),
    [knownTypes, types],
  );
  return (
    <search aria-label="Filters" className="flex flex-wrap gap-2">
      <FilterInput
        label="Search"
        title="Anywhere in type, actor, target or message"
        value={text}
        className="w-40 max-sm:w-full"
        onFilter={(chosen) => change({ text: chosen })}
      />
      <FilterInput
        label="Type"
        value={undefined}
        suggestions={suggestions}
        className={`w-36 ${HALF}`}
        onFilter={(chosen) => change({ types: readTypes([...types, chosen ?? ''].join(',')) })}
      />
      <FilterInput
        label="Actor"
        value={actor}
        className={`w-30 ${HALF}`}
        onFilter={(chosen) => change({ actor: chosen })}
      />
      <FilterInput
        label="Address"
        value={ip}
        className={`w-32 ${HALF}`}
        onFilter={(chosen) => change({ ip: chosen })}
      />
      <Select
        aria-label="Told by"
        className={HALF}
        value={source ?? ''}
        onChange={(event) => change({ source: EVENT_SOURCES.find((each) => each === event.target.value) })}
      >
        <option value="">Told by anyone</option>
        {EVENT_SOURCES.map((each) => (
          <option key={each} value={each}>
            {SOURCE_WORDS[each]}
          </option>
        ))}
      </Select>
    </search>
  );
}

/** The filters that are on, each to be taken off. */
export function EventFilterChips({
  filters,
  change,
}: {
  readonly filters: EventFilters;
  readonly change: ChangeFilters;
}): ReactNode {
  if (!isFiltered(filters)) {
    return null;
  }
  const { severities, types, actor, ip, source, text } = filters;
  const single = [
    ['Search', text, { text: undefined }],
    ['Actor', actor, { actor: undefined }],
    ['Address', ip, { ip: undefined }],
    ['Told by', source && SOURCE_WORDS[source], { source: undefined }],
  ] as const;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {severities.map((severity) => (
        <FilterChip
          key={severity}
          label="Severity"
          value={severity}
          onRemove={() => change({ severities: severities.filter((each) => each !== severity) })}
        />
      ))}
      {types.map((type) => (
        <FilterChip
          key={type}
          label="Type"
          value={type}
          onRemove={() => change({ types: types.filter((each) => each !== type) })}
        />
      ))}
      {single.map(([label, value, without]) =>
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
