import { X } from 'lucide-react';
import { memo, type ReactNode, useState } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { formatLogCount } from '../../../lib/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Input } from '../../../ui/input.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { type FacetActions, FacetGroup } from './facet-group.tsx';
import { searchFacets } from './order-facets.ts';
import { type FacetQuestion, type FacetsResult, useFacets } from './use-facets.ts';

/** What the panel must know. */
export interface FacetsPanelProps {
  readonly question: FacetQuestion;
  readonly pins: readonly string[];
  readonly actions: FacetActions;
  readonly onClose: () => void;
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

function Problem({ result }: { readonly result: FacetsResult }): ReactNode {
  if (result.error?.code === 'invalid-query') {
    // The query bar says what is wrong.
    return <p className="p-2 text-subtle text-xs">There is nothing to count until the query is understood.</p>;
  }
  return (
    <div role="alert" className="flex flex-col items-start gap-2 p-3 text-xs">
      <p className="text-muted">
        Values could not be counted: {result.error?.title}. {result.error?.detail}
      </p>
      <Button size="sm" onClick={result.retry}>
        Count again
      </Button>
    </div>
  );
}

/** The labels of what was found, with their most frequent values: a click makes a filter of one. */
export const FacetsPanel = memo(function FacetsPanel({
  question,
  pins,
  actions,
  onClose,
}: FacetsPanelProps): ReactNode {
  const [search, setSearch] = useState('');
  const result = useFacets(question, pins);
  const { facets, error, newest, isStale } = result;
  const found = facets === undefined ? undefined : searchFacets(facets, search);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex items-center gap-1 border-line border-b p-1.5">
        <Input
          type="search"
          aria-label="Search facets"
          placeholder="Search labels and values"
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
        aria-busy={result.isLoading}
        className={classNames('scrollbar-slim min-h-0 flex-1 overflow-y-auto px-1.5', isStale && 'opacity-60')}
      >
        {error !== undefined ? <Problem result={result} /> : found === undefined ? <Loading /> : null}
        {error === undefined && found?.length === 0 ? (
          <p className="p-2 text-subtle text-xs">{search === '' ? 'Nothing to count.' : 'No label or value is so.'}</p>
        ) : null}
        {error === undefined
          ? found?.map((facet) => (
              <FacetGroup
                key={facet.label}
                question={question}
                facet={facet}
                isPinned={pins.includes(facet.label)}
                actions={actions}
              />
            ))
          : null}
      </div>
      {newest === undefined || error !== undefined ? null : (
        <p className="border-line border-t px-3 py-1.5 text-2xs text-subtle">
          Counted among the newest {formatLogCount(newest)}, whose lines the query has to look at.
        </p>
      )}
    </div>
  );
});
