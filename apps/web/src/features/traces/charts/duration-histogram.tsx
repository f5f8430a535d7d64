import type { TraceOverviewAnswer } from '@aegisguard/model';
import { type ReactNode, useMemo, useState } from 'react';
import { formatUnit } from '../../../charts/metrics/format-unit.ts';
import { type Bar, sumOfBars } from '../../../charts/prepare/stacked-bars.ts';
import { BarBrush, type BarSelection, selectionEnds } from '../../../charts/render/bar-brush.tsx';
import { BarsAxis, BarsSvg } from '../../../charts/render/bars-svg.tsx';
import type { ShownBars } from '../../../charts/render/time-bars.tsx';
import { formatCompact, formatCount } from '../../../lib/number-format.ts';
import { useElementWidth } from '../../../lib/use-element-width.ts';
import { prepareDurationBars, type SpanOutcome, selectedDurations } from './duration-bars.ts';
import { outcomeFill } from './outcome-legend.tsx';

function boundsWords({ startMs, endMs }: Bar): string {
  return `${formatUnit(startMs, 'ms')} – ${formatUnit(endMs, 'ms')}`;
}

function describe(bar: Bar<SpanOutcome> | undefined): string {
  return bar === undefined
    ? ''
    : `${boundsWords(bar)}, ${formatCount(bar.total)} spans, ${formatCount(bar.counts.error ?? 0)} errors`;
}

/** Spans by duration, on a logarithmic axis: read it, or select durations to ask for. */
export function DurationHistogram({
  answer: { durations, spanCount, errorCount },
  heightPx,
  legend,
  onDurations,
}: {
  readonly answer: TraceOverviewAnswer;
  readonly heightPx: number;
  readonly legend: (counts: ShownBars<SpanOutcome>['counts']) => ReactNode;
  /** Durations were selected: above the first and up to the second. */
  readonly onDurations: (aboveMs: number | undefined, upToMs: number | undefined) => void;
}): ReactNode {
  const [measure, width] = useElementWidth<HTMLDivElement>();
  const [selection, setSelection] = useState<BarSelection>();
  const frame = { width, height: heightPx };
  const prepared = useMemo(
    () => prepareDurationBars(durations, { width, height: heightPx }),
    [durations, width, heightPx],
  );
  const sumOf = (chosen: BarSelection) => sumOfBars(prepared?.bars ?? [], ...selectionEnds(chosen));
  const read = selection === undefined ? undefined : sumOf(selection);
  const take = (chosen: BarSelection): void => {
    const { aboveMs, upToMs } = selectedDurations(prepared?.bars ?? [], ...selectionEnds(chosen));
    setSelection(undefined);
    onDurations(aboveMs, upToMs);
  };
  return (
    <section aria-label="Spans by duration" className="bg-surface px-3 pt-1.5 pb-1">
      <div className="-mx-1.5 flex min-h-6 flex-wrap items-center">
        {legend(read?.counts ?? { error: errorCount })}
        <p className="ml-auto px-1.5 text-subtle text-xs tabular-nums">
          {read === undefined ? null : <span className="mr-2 text-text">{boundsWords(read)}</span>}
          {formatCount(read?.total ?? spanCount)} spans
        </p>
      </div>
      <div className="relative pl-9">
        <span className="absolute top-0 left-0 w-7 text-right text-[10px] text-subtle leading-3 tabular-nums">
          {prepared === undefined ? null : formatCompact(prepared.top)}
        </span>
        {/* Its height is that of the drawing, also before the width is known. */}
        <div ref={measure} style={{ height: heightPx + 16 }}>
          {prepared === undefined || width === 0 ? null : (
            <>
              <BarBrush
                label="Spans by duration. Arrow keys read bars, shift and arrow keys select durations, Enter asks for them"
                bars={prepared.bars}
                frame={frame}
                selection={selection}
                describe={(chosen) => describe(sumOf(chosen))}
                onSelect={setSelection}
                onTake={take}
              >
                <BarsSvg prepared={prepared} fillOf={outcomeFill} frame={frame} />
              </BarBrush>
              <BarsAxis prepared={prepared} width={width} />
            </>
          )}
        </div>
      </div>
    </section>
  );
}
