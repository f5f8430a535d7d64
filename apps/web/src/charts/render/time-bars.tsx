import { type ReactNode, useMemo, useState } from 'react';
import { formatCompact, formatCount } from '../../lib/number-format.ts';
import { type ResolvedRange, spanWords } from '../../lib/time-range.ts';
import { useElementWidth } from '../../lib/use-element-width.ts';
import {
  type Bar,
  type KindHistogram,
  prepareStackedBars,
  type StackedBars,
  type StackStyle,
  sumOfBars,
} from '../prepare/stacked-bars.ts';
import { BarBrush, type BarSelection, selectionEnds } from './bar-brush.tsx';
import { BarsAxis, BarsSvg } from './bars-svg.tsx';

/** What the chart shows now: the bars under the pointer or the selection, else all of them. */
export interface ShownBars<Kind extends string> {
  readonly counts: Readonly<Partial<Record<Kind, number>>>;
  readonly total: number;
  readonly seconds: number;
  /** Only some of the bars are meant. */
  readonly isRead: boolean;
}

function describeBar<Kind extends string>(bar: Bar<Kind> | undefined, nameOf: (kind: Kind) => string): string {
  if (bar === undefined) {
    return '';
  }
  const kinds = Object.keys(bar.counts) as Kind[];
  return [spanWords(bar), ...kinds.map((kind) => `${formatCount(bar.counts[kind] ?? 0)} ${nameOf(kind)}`)].join(', ');
}

function shownBars<Kind extends string>(
  prepared: StackedBars<Kind>,
  histogram: KindHistogram<Kind>,
  bar: Bar<Kind> | undefined,
): ShownBars<Kind> {
  if (bar !== undefined) {
    const seconds = Math.max(1, (bar.endMs - bar.startMs) / 1000);
    return { counts: bar.counts, total: bar.total, seconds, isRead: true };
  }
  const counts: Partial<Record<Kind, number>> = {};
  for (const { kind, count } of prepared.kinds) {
    counts[kind] = count;
  }
  const seconds = Math.max(1, (histogram.bars * histogram.stepMs) / 1000);
  return { counts, total: prepared.total, seconds, isRead: false };
}

/** Counts over time by kind: read it, or select a span to zoom into. The legend stands above and says what is under the pointer. */
export function TimeBars<Kind extends string>({
  label,
  unit,
  histogram,
  stack,
  heightPx,
  range,
  nameOf,
  fillOf,
  legend,
  onZoom,
}: {
  /** What it shows: `Findings over time`. */
  readonly label: string;
  /** What is counted, after the total. */
  readonly unit: string;
  readonly histogram: KindHistogram<Kind>;
  readonly stack: StackStyle<Kind>;
  readonly heightPx: number;
  readonly range: ResolvedRange;
  readonly nameOf: (kind: Kind) => string;
  readonly fillOf: (kind: string) => string;
  readonly legend: (shown: ShownBars<Kind>) => ReactNode;
  readonly onZoom: (startMs: number, endMs: number) => void;
}): ReactNode {
  const [measure, width] = useElementWidth<HTMLDivElement>();
  const [selection, setSelection] = useState<BarSelection>();
  const frame = { width, height: heightPx };
  const prepared = useMemo(
    () => prepareStackedBars(histogram, stack, { width, height: heightPx }),
    [histogram, stack, width, heightPx],
  );
  const sumOf = (chosen: BarSelection) => sumOfBars(prepared.bars, ...selectionEnds(chosen));
  const read = selection === undefined ? undefined : sumOf(selection);
  const shown = shownBars(prepared, histogram, read);
  const take = (chosen: BarSelection): void => {
    const sum = sumOf(chosen);
    setSelection(undefined);
    // The outer bars reach beyond the range to whole steps; a zoom must not.
    const from = Math.max(sum?.startMs ?? 0, range.startMs);
    const to = Math.min(sum?.endMs ?? 0, range.endMs);
    if (from < to) {
      onZoom(from, to);
    }
  };
  return (
    <section aria-label={label} className="bg-surface px-3 pt-1.5 pb-1">
      <div className="-mx-1.5 flex min-h-6 flex-wrap items-center">
        {legend(shown)}
        <p className="ml-auto px-1.5 text-subtle text-xs tabular-nums">
          {read === undefined ? null : <span className="mr-2 text-text">{spanWords(read)}</span>}
          {formatCount(shown.total)} {unit}
        </p>
      </div>
      <div className="relative pl-9">
        <span className="absolute top-0 left-0 w-7 text-right text-[10px] text-subtle leading-3 tabular-nums">
          {prepared.total === 0 ? null : formatCompact(prepared.top)}
        </span>
        {/* Its height is that of the drawing, also before the width is known. */}
        <div ref={measure} style={{ height: heightPx + 16 }}>
          {width === 0 ? null : (
            <>
              <BarBrush
                label={`${label}. Arrow keys read bars, shift and arrow keys select a span, Enter zooms into it`}
                bars={prepared.bars}
                frame={frame}
                selection={selection}
                describe={(chosen) => describeBar(sumOf(chosen), nameOf)}
                onSelect={setSelection}
                onTake={take}
              >
                <BarsSvg prepared={prepared} fillOf={fillOf} frame={frame} />
              </BarBrush>
              <BarsAxis prepared={prepared} width={width} />
            </>
          )}
        </div>
      </div>
    </section>
  );
}

/** A kind in the legend of a chart, to be chosen. */
export function LegendButton({
  label,
  mark,
  value,
  isChosen,
  title,
  onClick,
}: {
  readonly label: string;
  /** The class name of the mark's background. */
  readonly mark: string;
  readonly value: string;
  readonly isChosen: boolean;
  readonly title: string;
  readonly onClick: () => void;
}): ReactNode {
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      title={title}
      className="flex h-6 items-center gap-1.5 rounded px-1.5 text-muted text-xs hover:bg-hover hover:text-text aria-pressed:bg-selected aria-pressed:text-text"
      onClick={onClick}
    >
      <span aria-hidden className={`size-2 rounded-[2px] ${mark}`} />
      {label}
      <span className="text-subtle tabular-nums">{value}</span>
    </button>
  );
}
