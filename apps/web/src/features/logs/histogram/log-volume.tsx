import type { LogLevel } from '@aegisguard/model';
import { type ReactNode, useMemo, useState } from 'react';
import { LEVEL_STACK, levelHistogram } from '../../../charts/prepare/level-stack.ts';
import { type Bar, prepareStackedBars, type StackedBars, sumOfBars } from '../../../charts/prepare/stacked-bars.ts';
import { BarBrush, type BarSelection, selectionEnds } from '../../../charts/render/bar-brush.tsx';
import { BarsAxis, BarsSvg } from '../../../charts/render/bars-svg.tsx';
import { levelFill } from '../../../charts/render/level-class.ts';
import { formatCompact, formatCount, formatLogCount } from '../../../lib/number-format.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { spanWords } from '../../../lib/time-range.ts';
import { useElementWidth } from '../../../lib/use-element-width.ts';
import { ProgressLine } from '../../../ui/progress-line.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import type { VolumeResult } from '../use-log-histogram.ts';
import { MarkedSpan } from './marked-span.tsx';
import { VolumeLegend } from './volume-legend.tsx';

const HEIGHT_PX = 76;

/** The selected bars summed up, for the read-out. */
function sumOf(bars: readonly Bar<LogLevel>[], selection: BarSelection): Bar<LogLevel> | undefined {
  return sumOfBars(bars, ...selectionEnds(selection));
}

function fillOf(kind: string): string {
  return levelFill(kind as LogLevel);
}

function describeBar(bar: Bar<LogLevel> | undefined): string {
  if (bar === undefined) {
    return '';
  }
  const levels = Object.entries(bar.counts).map(([level, count]) => `${formatCount(count)} ${level}`);
  return [spanWords(bar), formatLogCount(bar.total), ...levels].join(', ');
}

/** What a selected span is for. */
interface SpanActions {
  /** A span that is selected without Shift is compared, not zoomed into. */
  readonly comparesFirst: boolean;
  readonly onZoom: (startMs: number, endMs: number) => void;
  readonly onCompare: (startMs: number, endMs: number) => void;
}

function Chart({
  prepared,
  width,
  selection,
  onSelect,
  comparesFirst,
  onZoom,
  onCompare,
}: {
  readonly prepared: StackedBars<LogLevel>;
  readonly width: number;
  readonly selection: BarSelection | undefined;
  readonly onSelect: (selection: BarSelection | undefined) => void;
} & SpanActions): ReactNode {
  const frame = { width, height: HEIGHT_PX };
  return (
    <>
      <BarBrush
        label={`Log volume over time. Arrow keys read bars, shift and arrow keys select a span, Enter ${comparesFirst ? 'compares it, shift and Enter zooms into it' : 'zooms into it, shift and Enter compares it'}`}
        bars={prepared.bars}
        frame={frame}
        selection={selection}
        describe={(chosen) => describeBar(sumOf(prepared.bars, chosen))}
        onSelect={onSelect}
        onTake={(chosen, withShift) => {
          const sum = sumOf(prepared.bars, chosen);
          onSelect(undefined);
          if (sum !== undefined) {
            (withShift === comparesFirst ? onZoom : onCompare)(sum.startMs, sum.endMs);
          }
        }}
      >
        <BarsSvg prepared={prepared} fillOf={fillOf} frame={frame} />
      </BarBrush>
      <BarsAxis prepared={prepared} width={width} />
    </>
  );
}

/** The volume of the query over time by level: read it, filter by a level, or select a span to zoom into or to compare with the rest. Its height never changes. */
export function LogVolume({
  volume,
  range,
  query,
  marked,
  comparesFirst,
  onZoom,
  onCompare,
  onFilter,
}: {
  readonly volume: VolumeResult;
  readonly range: ResolvedRange;
  readonly query: string;
  /** The span that is compared. */
  readonly marked: ResolvedRange | undefined;
  readonly onFilter: (level: LogLevel, exclude: boolean) => void;
} & SpanActions): ReactNode {
  const [measure, width] = useElementWidth<HTMLDivElement>();
  const [selection, setSelection] = useState<BarSelection>();
  const { answer } = volume;
  const prepared = useMemo(
    () =>
      answer === undefined
        ? undefined
        : prepareStackedBars(levelHistogram(answer), LEVEL_STACK, { width, height: HEIGHT_PX }),
    [answer, width],
  );
  const shown = prepared === undefined || selection === undefined ? undefined : sumOf(prepared.bars, selection);
  // The outer bars reach beyond the range to round times; a span must not.
  const within = (take: SpanActions['onZoom']) => (startMs: number, endMs: number) => {
    const from = Math.max(startMs, range.startMs);
    const to = Math.min(endMs, range.endMs);
    if (from < to) {
      take(from, to);
    }
  };
  return (
    <section aria-label="Log volume" className="relative shrink-0 border-line border-b bg-surface px-3 pt-1.5 pb-1">
      <ProgressLine active={volume.isLoading} label="Loading the log volume" />
      <VolumeLegend
        prepared={prepared}
        shown={shown}
        spanText={shown === undefined ? undefined : spanWords(shown)}
        query={query}
        error={volume.error}
        onRetry={volume.retry}
        onFilter={onFilter}
      />
      <div className="relative h-[92px] pl-9">
        {prepared === undefined || prepared.total === 0 ? null : (
          <span className="absolute top-0 left-0 w-7 text-right text-[10px] text-subtle leading-3 tabular-nums">
            {formatCompact(prepared.top)}
          </span>
        )}
        <div ref={measure} className="relative">
          {prepared === undefined || width === 0 ? (
            volume.isLoading ? (
              <Skeleton className="h-[76px] w-full" />
            ) : null
          ) : (
            <Chart
              prepared={prepared}
              width={width}
              selection={selection}
              comparesFirst={comparesFirst}
              onSelect={setSelection}
              onZoom={within(onZoom)}
              onCompare={within(onCompare)}
            />
          )}
          {prepared === undefined || marked === undefined ? null : (
            <MarkedSpan span={marked} bars={prepared.bars} width={width} height={HEIGHT_PX} />
          )}
        </div>
      </div>
    </section>
  );
}
