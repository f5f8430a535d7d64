import type { LogCompareAnswer } from '@aegisguard/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Diff, MousePointerClick, Scale } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { asApiError } from '../../../lib/api-error.ts';
import { classNames } from '../../../lib/class-names.ts';
import { absoluteRange, type ResolvedRange, spanWords, type TimeRange } from '../../../lib/time-range.ts';
import type { Run } from '../../../lib/use-run.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { ProgressLine } from '../../../ui/progress-line.tsx';
import { compareSpan } from '../logs-api.ts';
import { TableSkeleton } from '../table/table-skeleton.tsx';
import { DifferenceRow } from './difference-row.tsx';
import { comparedSentence, type Difference, sharesOf, sidesSentence } from './difference-words.ts';
import { rangeAround, spanInRange } from './span-in-range.ts';

/** What the tab must know. */
export interface DifferencesViewProps {
  readonly orgId: string;
  readonly query: string;
  readonly run: Run;
  readonly span: ResolvedRange | undefined;
  readonly onFilter: (label: string, value: string, exclude: boolean) => void;
  readonly onRange: (range: TimeRange) => void;
  /** Chooses another span, or none. */
  readonly onSpan: (span: ResolvedRange | undefined) => void;
}

function Group({
  title,
  values,
  answer,
  onFilter,
}: {
  readonly title: string;
  readonly values: readonly Difference[];
  readonly answer: LogCompareAnswer;
  readonly onFilter: DifferencesViewProps['onFilter'];
}): ReactNode {
  return values.length === 0 ? null : (
    <section aria-label={title}>
      <h3 className="sticky top-0 z-10 border-line border-b bg-canvas px-3 py-1 font-medium text-subtle text-xs">
        {title}
      </h3>
      <ul>
        {values.map((value) => (
          <DifferenceRow
            key={`${value.label} ${value.value}`}
            value={value}
            shares={sharesOf(value, answer)}
            sentence={sidesSentence(value, answer)}
            onFilter={onFilter}
          />
        ))}
      </ul>
    </section>
  );
}

function NoSpan(): ReactNode {
  return (
    <EmptyState icon={MousePointerClick} title="Select a span in the histogram">
      Drag over the bars that look odd. What is more frequent there than in the rest of the time range, or less, is
      listed here: a host, a version, a country. On other tabs, hold Shift while dragging.
    </EmptyState>
  );
}

function OutsideOfRange({
  span,
  run,
  onRange,
}: { readonly span: ResolvedRange } & Pick<DifferencesViewProps, 'run' | 'onRange'>) {
  const around = rangeAround(span);
  const isAll = span.startMs <= run.range.startMs && span.endMs >= run.range.endMs;
  return (
    <EmptyState
      icon={Scale}
      title={isAll ? 'There is nothing to compare with' : 'The span is not in the time range'}
      action={
        <Button onClick={() => onRange(absoluteRange(around.startMs, around.endMs))}>Show the time around it</Button>
      }
    >
      {isAll ? 'The span is the whole time range: ' : 'The time range has moved on from '}
      {spanWords(span)}.
    </EmptyState>
  );
}

function Answer({
  answer,
  isStale,
  onFilter,
}: { readonly answer: LogCompareAnswer; readonly isStale: boolean } & Pick<DifferencesViewProps, 'onFilter'>) {
  const [more, less] = useMemo(
    () => [
      answer.values.filter(({ difference }) => difference > 0),
      answer.values.filter(({ difference }) => difference <= 0),
    ],
    [answer],
  );
  if (answer.inside === 0) {
    return (
      <EmptyState icon={Diff} title="No logs in this span">
        The query finds nothing there.
      </EmptyState>
    );
  }
  if (answer.values.length === 0) {
    return (
      <EmptyState icon={Diff} title="Nothing is different here">
        No value is more frequent in this span than could be chance, or less. The number of logs may be all that
        differs.
      </EmptyState>
    );
  }
  return (
    <div
      aria-busy={isStale}
      className={classNames('scrollbar-slim min-h-0 flex-1 overflow-y-auto', isStale && 'opacity-50')}
    >
      <Group title="More here" values={more} answer={answer} onFilter={onFilter} />
      <Group title="Less here" values={less} answer={answer} onFilter={onFilter} />
    </div>
  );
}

function Compared({
  span,
  ...props
}: Omit<DifferencesViewProps, 'span'> & { readonly span: ResolvedRange }): ReactNode {
  const { orgId, query, run, onFilter, onRange, onSpan } = props;
  const { startMs, endMs } = span;
  const result = useQuery({
    queryKey: ['logs', 'compare', run.id, startMs, endMs],
    queryFn: ({ signal }) => compareSpan(orgId, { query, range: run.range }, span, signal),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const { data: answer, error, isPlaceholderData } = result;
  return (
    <>
      <ProgressLine active={result.isFetching} label="Comparing" />
      <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-line border-b bg-canvas px-3 py-1 text-muted text-xs">
        <p role="status" className="min-w-0 flex-1 basis-60 tabular-nums max-sm:basis-full">
          <span className="text-text">{spanWords(span)}</span>
          {answer === undefined || isPlaceholderData ? ' · Comparing…' : ` · ${comparedSentence(answer)}`}
        </p>
        <Button size="sm" variant="ghost" onClick={() => onRange(absoluteRange(startMs, endMs))}>
          Zoom into it
        </Button>
        <Button size="sm" variant="ghost" onClick={() => onSpan(undefined)}>
          Clear
        </Button>
      </div>
      {error === null ? null : <ErrorState error={asApiError(error)} onRetry={() => void result.refetch()} />}
      {error === null && answer === undefined ? <TableSkeleton /> : null}
      {error !== null || answer === undefined ? null : (
        <Answer answer={answer} isStale={isPlaceholderData} onFilter={onFilter} />
      )}
    </>
  );
}

/** What is different in a span of the histogram: values that are more frequent there than in the rest, or less. */
export function DifferencesView({ span, ...props }: DifferencesViewProps): ReactNode {
  const inside = span === undefined ? undefined : spanInRange(span, props.run.range);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col overflow-y-auto bg-surface">
      {span === undefined ? <NoSpan /> : null}
      {span !== undefined && inside === undefined ? (
        <OutsideOfRange span={span} run={props.run} onRange={props.onRange} />
      ) : null}
      {inside === undefined ? null : <Compared span={inside} {...props} />}
    </div>
  );
}
