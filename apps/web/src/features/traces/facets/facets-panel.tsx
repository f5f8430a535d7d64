import type { TraceOverviewAnswer } from '@aegisguard/model';
import { ChevronRight, X } from 'lucide-react';
import { memo, type ReactNode, useMemo, useState } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { formatCount } from '../../../lib/number-format.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import { FacetValue } from '../../../ui/facet-value.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Input } from '../../../ui/input.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { hasFilter, toggleFilter, valueText } from '../query/edit-query.ts';
import type { TraceOverview } from '../use-trace-overview.ts';
import type { QueryEdit } from '../use-traces-explorer.ts';
import { AddFacet } from './add-facet.tsx';
import { isFacet } from './custom-facet.ts';
import { facetTitle, searchFacets } from './facet-fields.ts';

/** A field with its most frequent values. */
type TraceFacet = TraceOverviewAnswer['facets'][number];

/** Values that are shown before more are asked for. */
const SHOWN_FIRST = 6;

/** What can be done with a value. */
interface TraceFacetActions {
  readonly isOn: (field: string, value: TraceFacet['values'][number]['value']) => boolean;
  readonly onFilter: (field: string, value: TraceFacet['values'][number]['value'], exclude: boolean) => void;
}

function Group({
  facet,
  actions,
  onRemove,
}: {
  readonly facet: TraceFacet;
  readonly actions: TraceFacetActions;
  /** Of one that was added. */
  readonly onRemove: (() => void) | undefined;
}): ReactNode {
  const { field, values } = facet;
  const [isOpen, setOpen] = useState(true);
  const [hasAll, setAll] = useState(false);
  const title = facetTitle(field);
  const most = Math.max(1, ...values.map(({ count }) => count));
  return (
    <section aria-label={field} className="border-line border-b py-1 last:border-0">
      <h3 className="flex h-7 items-center">
        <button
          type="button"
          aria-expanded={isOpen}
          title={field}
          className="flex h-full min-w-0 flex-1 items-center gap-1 rounded pl-0.5 text-left font-medium text-xs hover:bg-hover"
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronRight
            aria-hidden
            className={classNames('size-3.5 shrink-0 text-subtle transition-transform', isOpen && 'rotate-90')}
          />
          <span className="truncate">{title}</span>
        </button>
        {onRemove === undefined ? null : (
          <IconButton label={`Remove the facet ${title}`} className="size-6" onClick={onRemove}>
            <X aria-hidden className="size-3.5!" />
          </IconButton>
        )}
      </h3>
      {isOpen ? (
        <ul aria-label={`Values of ${title}`}>
          {values.slice(0, hasAll ? values.length : SHOWN_FIRST).map(({ value, count }) => (
            <FacetValue
              key={JSON.stringify(value)}
              label={title}
              value={String(value)}
              mark={field === 'status' && value === 'error' ? 'bg-level-error' : undefined}
              count={formatCount(count)}
              share={count / most}
              isOn={actions.isOn(field, value)}
              onFilter={(exclude) => actions.onFilter(field, value, exclude)}
            />
          ))}
        </ul>
      ) : null}
      {isOpen && values.length === 0 ? <p className="px-2 pb-1 text-subtle text-xs">No span has it.</p> : null}
      {isOpen && values.length > SHOWN_FIRST ? (
        <Button variant="ghost" size="sm" className="h-6 px-2 text-2xs" onClick={() => setAll(!hasAll)}>
          {hasAll ? 'Fewer values' : `${values.length - SHOWN_FIRST} more`}
        </Button>
      ) : null}
    </section>
  );
}

/** Of how many spans values are counted, where that is not all of them. Every span has a status. */
function Counted({ answer }: { readonly answer: TraceOverviewAnswer }): ReactNode {
  const statuses = answer.facets.find(({ field }) => field === 'status')?.values ?? [];
  const counted = statuses.reduce((sum, { count }) => sum + count, 0);
  return counted === 0 || counted >= answer.spanCount ? null : (
    <p className="px-1 py-1.5 text-2xs text-subtle">
      Counted among the latest {formatCount(counted)} of {formatCount(answer.spanCount)} spans.
    </p>
  );
}

/** Fields of an address or of an earlier visit that cannot be facets. */
function Refused({
  fields,
  onRemove,
}: {
  readonly fields: readonly string[];
  readonly onRemove: (field: string) => void;
}): ReactNode {
  return fields.map((field) => (
    <p key={field} className="flex items-center border-line border-b py-1 pl-1 text-2xs text-subtle">
      <span className="min-w-0 flex-1 break-words">{field} cannot be counted.</span>
      <IconButton label={`Remove the facet ${field}`} className="size-6" onClick={() => onRemove(field)}>
        <X aria-hidden className="size-3.5!" />
      </IconButton>
    </p>
  ));
}

function Loading(): ReactNode {
  return (
    <div className="flex flex-col gap-2 p-2">
      {['w-1/2', 'w-full', 'w-5/6', 'w-1/3', 'w-11/12', 'w-2/3'].map((width) => (
        <Skeleton key={width} className={classNames('h-4', width)} />
      ))}
    </div>
  );
}

function Problem({ overview: { error, retry } }: { readonly overview: TraceOverview }): ReactNode {
  if (error?.code === 'invalid-query') {
    // The query bar says what is wrong.
    return <p className="p-2 text-subtle text-xs">There is nothing to count until the query is understood.</p>;
  }
  return (
    <div role="alert" className="flex flex-col items-start gap-2 p-3 text-xs">
      <p className="text-muted">
        Values could not be counted: {error?.title}. {error?.detail}
      </p>
      <Button size="sm" onClick={retry}>
        Count again
      </Button>
    </div>
  );
}

/** What the found spans are of, with the most frequent values: a click makes a condition of one. */
export const FacetsPanel = memo(function FacetsPanel({
  overview,
  query,
  orgId,
  range,
  fields,
  onField,
  onEdit,
  onClose,
}: {
  readonly overview: TraceOverview;
  /** What has run. */
  readonly query: string;
  readonly orgId: string;
  readonly range: ResolvedRange;
  /** Those that were added to the usual ones. */
  readonly fields: readonly string[];
  /** Adds or removes one. */
  readonly onField: (field: string) => void;
  readonly onEdit: (edit: QueryEdit) => void;
  readonly onClose: () => void;
}): ReactNode {
  const [search, setSearch] = useState('');
  const actions = useMemo<TraceFacetActions>(
    () => ({
      isOn: (field, value) => hasFilter(query, { field, op: '=', value: valueText(field, value) }),
      onFilter: (field, value, exclude) =>
        onEdit((_, now) => toggleFilter(now, { field, op: exclude ? '!=' : '=', value: valueText(field, value) })),
    }),
    [query, onEdit],
  );
  const refused = useMemo(() => fields.filter((field) => !isFacet(field)), [fields]);
  const { answer, error, isLoading, isStale } = overview;
  // What was asked before they were shown has none.
  const isAwaited = answer === undefined || (isStale && isLoading && answer.facets.length === 0);
  const found = error !== undefined || isAwaited ? undefined : searchFacets(answer.facets, search, fields);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex items-center gap-1 border-line border-b p-1.5">
        <Input
          type="search"
          aria-label="Search facets"
          placeholder="Search fields and values"
          autoComplete="off"
          spellCheck={false}
          className="h-7 px-2 text-xs"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <IconButton label="Hide facets" className="size-7" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </div>
      <div
        aria-busy={isStale && isLoading}
        className={classNames(
          'scrollbar-slim min-h-0 flex-1 overflow-y-auto px-1.5',
          isStale && isLoading && 'opacity-60',
        )}
      >
        {error !== undefined ? <Problem overview={overview} /> : found === undefined ? <Loading /> : null}
        {found === undefined || answer === undefined ? null : <Counted answer={answer} />}
        <Refused fields={refused} onRemove={onField} />
        {found?.length === 0 ? (
          <p className="p-2 text-subtle text-xs">{search === '' ? 'Nothing to count.' : 'No field or value is so.'}</p>
        ) : null}
        {found?.map((facet) => (
          <Group
            key={facet.field}
            facet={facet}
            actions={actions}
            onRemove={fields.includes(facet.field) ? () => onField(facet.field) : undefined}
          />
        ))}
      </div>
      <AddFacet orgId={orgId} range={range} fields={fields} onAdd={onField} />
    </div>
  );
});
