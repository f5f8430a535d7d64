import { SIGNALS, type Signal } from '@aegisguard/model';
import { type ReactNode, useMemo, useState } from 'react';
import { type Bar, type KindHistogram, prepareStackedBars, sumOfBars } from '../../charts/prepare/stacked-bars.ts';
import { BarBrush, type BarSelection, selectionEnds } from '../../charts/render/bar-brush.tsx';
import { BarsAxis, BarsSvg } from '../../charts/render/bars-svg.tsx';
import { formatCompact, formatCount } from '../../lib/number-format.ts';
import { type ResolvedRange, spanWords } from '../../lib/time-range.ts';
import { useElementWidth } from '../../lib/use-element-width.ts';
import type { IngestKind } from './ingest-summary.ts';
import { INGEST_STACK, kindBackground, kindFill } from './kind-style.ts';
import { rateWords } from './words.ts';

const HEIGHT_PX = 96;

function describeBar(bar: Bar<IngestKind> | undefined): string {
  if (bar === undefined) {
    return '';
  }
  const parts = Object.entries(bar.counts).map(([kind, count]) => `${formatCount(count)} ${kind}`);
  return [spanWords(bar), ...parts].join(', ');
}

/** Accepted records by signal and everything refused, over time: read it, choose a signal, or select a span to zoom into. */
export function IngestChart({
  histogram,
  range,
  signal,
  onSignal,
  onZoom,
}: {
  readonly histogram: KindHistogram<IngestKind>;
  readonly range: ResolvedRange;
  readonly signal: Signal | undefined;
  readonly onSignal: (signal: Signal | undefined) => void;
  readonly onZoom: (startMs: number, endMs: number) => void;
}): ReactNode {
  const [measure, width] = useElementWidth<HTMLDivElement>();
  const [selection, setSelection] = useState<BarSelection>();
  const frame = { width, height: HEIGHT_PX };
  const prepared = useMemo(
    () => prepareStackedBars(histogram, INGEST_STACK, { width, height: HEIGHT_PX }),
    [histogram, width],
  );
  const sumOf = (chosen: BarSelection) => sumOfBars(prepared.bars, ...selectionEnds(chosen));
  const shown = selection === undefined ? undefined : sumOf(selection);
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
  const countOf = (kind: IngestKind) =>
    shown === undefined ? (prepared.kinds.find((each) => each.kind === kind)?.count ?? 0) : (shown.counts[kind] ?? 0);
  const seconds = Math.max(1, (histogram.bars * histogram.stepMs) / 1000);
  const shownSeconds = shown === undefined ? seconds : Math.max(1, (shown.endMs - shown.startMs) / 1000);
  return (
    <section aria-label="Records over time" className="border-line border-b bg-surface px-3 pt-1.5 pb-1">
      <div className="-mx-1.5 flex min-h-6 flex-wrap items-center">
        {SIGNALS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={signal === each}
            title={signal === each ? 'Show all signals' : `Show ${each} only`}
            className="flex h-6 items-center gap-1.5 rounded px-1.5 text-muted text-xs hover:bg-hover hover:text-text aria-pressed:bg-selected aria-pressed:text-text"
            onClick={() => onSignal(signal === each ? undefined : each)}
          >
            <span aria-hidden className={`size-2 rounded-[2px] ${kindBackground(each)}`} />
            {each}
            <span className="text-subtle tabular-nums">{rateWords(countOf(each) / shownSeconds)}</span>
          </button>
        ))}
        <span className="flex h-6 items-center gap-1.5 px-1.5 text-muted text-xs">
          <span aria-hidden className={`size-2 rounded-[2px] ${kindBackground('refused')}`} />
          refused
          <span className="text-subtle tabular-nums">{rateWords(countOf('refused') / shownSeconds)}</span>
        </span>
        <p className="ml-auto px-1.5 text-subtle text-xs tabular-nums">
          {shown === undefined ? null : <span className="mr-2 text-text">{spanWords(shown)}</span>}
          {formatCount(shown?.total ?? prepared.total)} records
        </p>
      </div>
      <div className="relative h-[112px] pl-9">
        <span className="absolute top-0 left-0 w-7 text-right text-[10px] text-subtle leading-3 tabular-nums">
          {prepared.total === 0 ? null : formatCompact(prepared.top)}
        </span>
        <div ref={measure}>
          {width === 0 ? null : (
            <>
              <BarBrush
                label="Records over time. Arrow keys read bars, shift and arrow keys select a span, Enter zooms into it"
                bars={prepared.bars}
                frame={frame}
                selection={selection}
                describe={(chosen) => describeBar(sumOf(chosen))}
                onSelect={setSelection}
                onTake={take}
              >
                <BarsSvg prepared={prepared} fillOf={kindFill} frame={frame} />
              </BarBrush>
              <BarsAxis prepared={prepared} width={width} />
            </>
          )}
        </div>
      </div>
    </section>
  );
}
