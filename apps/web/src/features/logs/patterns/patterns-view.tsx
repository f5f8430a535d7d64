import { Shapes } from 'lucide-react';
import {
  type ComponentProps,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useMemo,
  useRef,
  useState,
} from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { useHotkeys } from '../../../lib/use-hotkeys.ts';
import type { Run } from '../../../lib/use-run.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { ProgressLine } from '../../../ui/progress-line.tsx';
import { Select } from '../../../ui/select.tsx';
import { TableSkeleton } from '../table/table-skeleton.tsx';
import { orderPatterns, type Pattern, type PatternOrder, parsePatternOrder } from './pattern-order.ts';
import { PatternRow } from './pattern-row.tsx';
import { patternsSentence, sampleSentence } from './pattern-words.ts';
import { type PatternsResult, usePatterns } from './use-patterns.ts';

const ORDER_WORDS: Readonly<Record<PatternOrder, string>> = {
  count: 'Most frequent first',
  severity: 'Errors first',
  growth: 'Growing first',
  rare: 'Rarest first',
};

/** What the tab must know. */
export interface PatternsViewProps {
  readonly orgId: string;
  readonly query: string;
  readonly run: Run;
  readonly order: PatternOrder;
  readonly onOrder: (order: PatternOrder) => void;
  /** Puts the pattern's line filter behind the query. */
  readonly onFilter: (stage: string, exclude: boolean) => void;
}

function Bar({
  result,
  order,
  onOrder,
}: { readonly result: PatternsResult } & Pick<PatternsViewProps, 'order' | 'onOrder'>) {
  const { answer, isStale } = result;
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-canvas px-3 py-1 text-muted text-xs">
      <p role="status" className="min-w-0 flex-1 basis-40 tabular-nums">
        {answer === undefined || isStale ? (
          'Looking for patterns…'
        ) : (
          <>
            <span className="text-text">{patternsSentence(answer)}</span>
            {' · '}
            {sampleSentence(answer)}
          </>
        )}
      </p>
      <Select
        aria-label="Order of the patterns"
        className="h-7 text-xs"
        value={order}
        onChange={(event) => onOrder(parsePatternOrder(event.currentTarget.value))}
      >
        {Object.entries(ORDER_WORDS).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
    </div>
  );
}

/** What a pattern is known by: the same pattern of another answer is the same. */
function keyOf({ filter }: Pattern): string {
  return filter;
}

function rowsOf(table: RefObject<HTMLTableElement | null>): readonly HTMLElement[] {
  return [...(table.current?.querySelectorAll<HTMLElement>('tbody > tr') ?? [])];
}

/** A table whose rows are stepped through and opened by keys: https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/ */
const GRID: ComponentProps<'table'> = { role: 'treegrid' };

function Rows({
  patterns,
  sampled,
  isStale,
  onFilter,
}: {
  readonly patterns: readonly Pattern[];
  readonly sampled: number;
  readonly isStale: boolean;
  readonly onFilter: PatternsViewProps['onFilter'];
}): ReactNode {
  const table = useRef<HTMLTableElement>(null);
  const [active, setActive] = useState<string>();
  const [open, setOpen] = useState<string>();
  const activeIndex = Math.max(
    0,
    patterns.findIndex((pattern) => keyOf(pattern) === active),
  );
  const filter = (pattern: Pattern, exclude: boolean): void =>
    onFilter(exclude ? pattern.exclude : pattern.filter, exclude);
  const toggle = (pattern: Pattern): void => {
    setActive(keyOf(pattern));
    setOpen(open === keyOf(pattern) ? undefined : keyOf(pattern));
  };
  const move = (by: 1 | -1): void => {
    const next = patterns[active === undefined ? 0 : activeIndex + by];
    if (next !== undefined) {
      setActive(keyOf(next));
      rowsOf(table)[patterns.indexOf(next)]?.focus();
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const pattern = patterns[activeIndex];
    const isOnRow = event.target instanceof HTMLTableRowElement;
    if (pattern === undefined || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'f' || event.key === 'x') {
      filter(pattern, event.key === 'x');
    } else if (isOnRow && (event.key === 'Enter' || event.key === ' ')) {
      toggle(pattern);
    } else if (event.key === 'Escape' && open !== undefined) {
      setOpen(undefined);
    } else {
      return;
    }
    event.preventDefault();
  };
  useHotkeys({ j: () => move(1), k: () => move(-1) });
  return (
    <table
      ref={table}
      {...GRID}
      aria-label="Patterns"
      aria-busy={isStale}
      className={classNames('block w-full', isStale && 'opacity-50')}
      onKeyDown={onKeyDown}
    >
      <thead className="sr-only">
        <tr>
          {['Lines', 'Course', 'Levels', 'Pattern', 'Filters'].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block" onFocus={(event) => setActive(keyAt(patterns, rowsOf(table), event.target) ?? active)}>
        {patterns.map((pattern, index) => (
          <PatternRow
            key={keyOf(pattern)}
            pattern={pattern}
            share={pattern.count / Math.max(1, sampled)}
            isActive={index === activeIndex}
            isSelected={keyOf(pattern) === active}
            isOpen={keyOf(pattern) === open}
            onFilter={filter}
            onToggle={toggle}
          />
        ))}
      </tbody>
    </table>
  );
}

/** The pattern whose row has got the focus, or something in it. */
function keyAt(patterns: readonly Pattern[], rows: readonly HTMLElement[], target: Element): string | undefined {
  const pattern = patterns[rows.findIndex((row) => row.contains(target))];
  return pattern === undefined ? undefined : keyOf(pattern);
}

/** The forms of the query's lines: how many, when, of which levels; a click narrows the query to one, or leaves it out. */
export function PatternsView({ orgId, query, run, order, onOrder, onFilter }: PatternsViewProps): ReactNode {
  const result = usePatterns(orgId, query, run);
  const { answer, error, isLoading, isStale } = result;
  const patterns = useMemo(() => orderPatterns(answer?.patterns ?? [], order), [answer, order]);
  if (error !== undefined) {
    return (
      <div className="min-h-0 flex-1 overflow-y-auto bg-surface">
        <ErrorState error={error} onRetry={result.retry} />
      </div>
    );
  }
  return (
    <div className="relative flex min-h-0 flex-1 flex-col bg-surface">
      <ProgressLine active={isLoading} label="Looking for patterns" />
      <Bar result={result} order={order} onOrder={onOrder} />
      {answer === undefined ? <TableSkeleton /> : null}
      {answer !== undefined && patterns.length === 0 ? (
        <EmptyState icon={Shapes} title="No patterns">
          {answer.sampled === 0
            ? 'No line matches in this time range.'
            : 'The lines have too little in common. Narrow the query to one service, for example.'}
        </EmptyState>
      ) : null}
      {answer === undefined || patterns.length === 0 ? null : (
        <div className="scrollbar-slim min-h-0 flex-1 overflow-y-auto">
          <Rows patterns={patterns} sampled={answer.sampled} isStale={isStale} onFilter={onFilter} />
        </div>
      )}
    </div>
  );
}
