import type { LogLevel } from '@aegisguard/model';
import type { ReactNode } from 'react';
import type { Bar, StackedBars } from '../../../charts/prepare/stacked-bars.ts';
import { levelBackground } from '../../../charts/render/level-class.ts';
import type { ApiError } from '../../../lib/api-error.ts';
import { classNames } from '../../../lib/class-names.ts';
import { formatCount, formatLogCount } from '../../../lib/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { hasFilter } from '../query/edit-query.ts';

function LegendEntry({
  level,
  count,
  total,
  active,
  onFilter,
}: {
  readonly level: LogLevel;
  readonly count: number;
  readonly total: number;
  readonly active: boolean;
  readonly onFilter: (level: LogLevel, exclude: boolean) => void;
}): ReactNode {
  return (
    <button
      type="button"
      aria-pressed={active}
      title={active ? `Remove the filter ${level}` : `Filter for ${level}; with Alt, exclude it`}
      className={classNames(
        'flex h-5 items-center gap-1.5 rounded px-1.5 text-muted text-xs hover:bg-hover hover:text-text',
        active && 'bg-selected text-text',
      )}
      onClick={(event) => onFilter(level, event.altKey)}
    >
      <span className={classNames('size-2 rounded-[2px]', levelBackground(level))} />
      {level}
      {/* As wide as the total, so that nothing moves while the pointer wanders over the bars. */}
      <span className="text-right text-subtle tabular-nums" style={{ minWidth: `${formatCount(total).length}ch` }}>
        {formatCount(count)}
      </span>
    </button>
  );
}

/** The line above the bars: totals by level, or those of the bars under the pointer. Each level is a filter. */
export function VolumeLegend({
  prepared,
  shown,
  spanText,
  query,
  error,
  onRetry,
  onFilter,
}: {
  readonly prepared: StackedBars<LogLevel> | undefined;
  readonly shown: Bar<LogLevel> | undefined;
  readonly spanText: string | undefined;
  readonly query: string;
  readonly error: ApiError | undefined;
  readonly onRetry: () => void;
  readonly onFilter: (level: LogLevel, exclude: boolean) => void;
}): ReactNode {
  return (
    <div className="-mx-1.5 flex h-6 items-center overflow-x-auto whitespace-nowrap [scrollbar-width:none] max-sm:pr-6 max-sm:[mask-image:linear-gradient(to_right,black_calc(100%-2rem),transparent)]">
      {error === undefined || error.code === 'invalid-query' || prepared !== undefined ? null : (
        <p className="px-1.5 text-muted text-xs">
          The volume could not be loaded: {error.title}.
          <Button variant="ghost" size="sm" className="ml-1 h-5" onClick={onRetry}>
            Try again
          </Button>
        </p>
      )}
      {prepared?.kinds.map(({ kind: level, count }) => (
        <LegendEntry
          key={level}
          level={level}
          count={shown === undefined ? count : (shown.counts[level] ?? 0)}
          total={count}
          active={hasFilter(query, 'level', level)}
          onFilter={onFilter}
        />
      ))}
      {prepared === undefined ? null : (
        <p className="ml-auto pl-3 pr-1.5 text-subtle text-xs tabular-nums">
          {spanText === undefined ? null : <span className="mr-2 text-text">{spanText}</span>}
          {formatLogCount(shown?.total ?? prepared.total)}
        </p>
      )}
    </div>
  );
}
