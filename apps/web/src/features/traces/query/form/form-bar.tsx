import { type ReactNode, useMemo } from 'react';
import type { ResolvedRange } from '../../../../lib/time-range.ts';
import { Button } from '../../../../ui/button.tsx';
import { addFilters, replacePart, toggleFilter } from '../edit-query.ts';
import type { Filter } from '../filter.ts';
import { type FormPart, readForm } from '../query-form.ts';
import { type TraceNames, traceNames } from '../trace-names.ts';
import { AddFilter } from './add-filter.tsx';
import type { FilterFormSource } from './filter-form.tsx';
import { PartChip } from './part-chip.tsx';
import { layOut, type PlacedPart, ROOTS_ONLY } from './slots.ts';

/** What the form must know. */
export interface FormBarProps {
  readonly orgId: string;
  readonly range: ResolvedRange;
  /** As it is written in the bar, also what has not run yet. */
  readonly query: string;
  /** Runs what is made of the query as it is by now: it may have changed since it was drawn. */
  readonly onEdit: (edit: (query: string) => string) => void;
}

function Words({ children }: { readonly children: ReactNode }): ReactNode {
  return <p className="py-1 text-2xs text-subtle">{children}</p>;
}

/** Values are suggested among what the other conditions find. */
function sourceFor(
  orgId: string,
  names: TraceNames,
  parts: readonly FormPart[],
  isMeant: (part: FormPart) => boolean,
): FilterFormSource {
  const others = parts.filter((part) => !isMeant(part)).map(({ text }) => text);
  return { orgId, names, others: others.length === 0 ? '' : `{ ${others.join(' && ')} }` };
}

function Chips({
  query,
  parts,
  orgId,
  range,
  onEdit,
}: FormBarProps & { readonly parts: readonly FormPart[] }): ReactNode {
  const names = useMemo(() => traceNames(orgId, () => range), [orgId, range]);
  const { slots, roots, others } = useMemo(() => layOut(parts), [parts]);
  const add = (filters: readonly Filter[]): void => onEdit((now) => addFilters(now, filters));
  // What was drawn may be gone by now: then there is nothing to change.
  const edit = (part: FormPart, filters: readonly Filter[]): void =>
    onEdit((now) => {
      const form = readForm(now);
      const index = form.kind === 'form' ? form.parts.findIndex(({ text }) => text === part.text) : -1;
      return index === -1 ? now : replacePart(now, index, filters);
    });
  const chip = ({ part, index }: PlacedPart, label: string | undefined): ReactNode => (
    <li key={`${index} ${part.text}`} className="min-w-0 max-w-full">
      <PartChip
        label={label}
        part={part}
        isFieldFixed={label !== undefined}
        source={sourceFor(orgId, names, parts, (each) => each === part)}
        onReplace={(filter) => edit(part, [filter])}
        onRemove={() => edit(part, [])}
      />
    </li>
  );
  return (
    <ul aria-label="Conditions of the query" className="flex min-w-0 flex-wrap items-center gap-1">
      {slots.map(({ slot, parts: filled }) =>
        filled.length > 0 ? (
          filled.map((each) => chip(each, slot.label))
        ) : (
          <li key={slot.key}>
            <AddFilter
              label={slot.label}
              field={slot.field}
              source={sourceFor(orgId, names, parts, () => false)}
              onAdd={add}
            />
          </li>
        ),
      )}
      {others.map((each) => chip(each, undefined))}
      <li>
        <AddFilter
          label="Attribute"
          field={undefined}
          source={sourceFor(orgId, names, parts, () => false)}
          onAdd={add}
        />
      </li>
      <li>
        <Button
          variant="ghost"
          size="sm"
          className="h-6 px-1.5 text-2xs"
          title={query === '' ? 'Spans that have none above them' : undefined}
          aria-pressed={roots !== undefined}
          onClick={() => onEdit((now) => toggleFilter(now, ROOTS_ONLY))}
        >
          Root spans only
        </Button>
      </li>
    </ul>
  );
}

/** The query as a form: what people ask for most has its place, other conditions are chips. What it does is written in the query; what it cannot say it leaves alone. */
export function FormBar(props: FormBarProps): ReactNode {
  const form = useMemo(() => readForm(props.query), [props.query]);
  if (form.kind === 'invalid') {
    return <Words>The form comes back when the query is understood.</Words>;
  }
  if (form.kind !== 'form') {
    return <Words>This query does not begin with one filter, so the form leaves it to the text.</Words>;
  }
  return <Chips {...props} parts={form.parts} />;
}
