import { Plus, Sigma } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import type { QueryOutcome } from '../use-exploration.ts';
import { freeRef, QUERIES_MAX, type ViewQuery } from '../view/metrics-view.ts';
import type { MetricsViewControl } from '../view/use-metrics-view.ts';
import { QueryRow } from './query-row.tsx';

/** All queries of the page, and how to add one. */
export function QueryList({
  orgId,
  range,
  control,
  outcomes,
  children,
}: {
  readonly orgId: string;
  readonly range: ResolvedRange;
  readonly control: MetricsViewControl;
  readonly outcomes: readonly QueryOutcome[];
  /** Stands beside what adds queries. */
  readonly children?: ReactNode;
}): ReactNode {
  const { view, now, go, changeQuery } = control;
  const { queries } = view;
  const add = (query: Omit<ViewQuery, 'ref'>): void => {
    const { queries: before } = now();
    go({ queries: [...before, { ...query, ref: freeRef(before) }] });
  };
  const isFull = queries.length >= QUERIES_MAX;
  return (
    <div className="flex flex-col gap-3 border-line border-b bg-surface px-3 py-2">
      {queries.map((query) => (
        <QueryRow
          key={`${query.ref}${query.isFormula ? ' formula' : ''}`}
          orgId={orgId}
          range={range}
          query={query}
          outcome={outcomes.find(({ ref }) => ref === query.ref)}
          isOnly={queries.length === 1}
          onChange={(change) => changeQuery(query.ref, change)}
          onCopy={() => add(query)}
          onRemove={() => go({ queries: now().queries.filter(({ ref }) => ref !== query.ref) })}
        />
      ))}
      <div className="flex flex-wrap items-center gap-1.5">
        <Button
          size="sm"
          disabled={isFull}
          onClick={() => add({ isFormula: false, text: '', legend: '', isHidden: false })}
        >
          <Plus aria-hidden />
          Query
        </Button>
        <Button
          size="sm"
          disabled={isFull}
          title="Calculate with the queries above: A / B * 100"
          onClick={() => add({ isFormula: true, text: '', legend: '', isHidden: false })}
        >
          <Sigma aria-hidden />
          Formula
        </Button>
        {children}
      </div>
    </div>
  );
}
