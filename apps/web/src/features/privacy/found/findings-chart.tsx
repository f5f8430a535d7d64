import { type ReactNode, useMemo, useState } from 'react';
import { type Bar, type KindHistogram, prepareStackedBars, sumOfBars } from '../../../charts/prepare/stacked-bars.ts';
import { BarBrush, type BarSelection, selectionEnds } from '../../../charts/render/bar-brush.tsx';
import { BarsAxis, BarsSvg } from '../../../charts/render/bars-svg.tsx';
import { formatCompact, formatCount } from '../../../lib/number-format.ts';
import { type ResolvedRange, spanWords } from '../../../lib/time-range.ts';
import { useElementWidth } from '../../../lib/use-element-width.ts';
import { kindName } from '../kinds.ts';
import { type KindColors, kindStack } from './kind-colors.ts';

const HEIGHT_PX = 112;

function describeBar(bar: Bar | undefined): string {
  if (bar === undefined) {
    return '';
  }
  const parts = Object.entries(bar.counts).map(([kind, count]) => `${formatCount(count ?? 0)} ${kindName(kind)}`);
  return [spanWords(bar), ...parts].join(', ');
}

/** The kinds that can be chosen, with how often each was found in the range, or in the bars under the pointer. */
function Legend({
  kinds,
  kind,
  colors,
  onKind,
}: {
  readonly kinds: readonly { readonly kind: string; readonly count: number }[];
  readonly kind: string | undefined;
  readonly colors: KindColors;
  readonly onKind: (kind: string | undefined) => void;
}): ReactNode {
  return kinds.map(({ kind: each, count }) => (
    <button
      key={each}
      type="button"
      aria-pressed={kind === each}
      title={kind === each ? 'Show all kinds' : `Show ${kindName(each)} only`}
      className="flex h-6 items-center gap-1.5 rounded px-1.5 text-muted text-xs hover:bg-hover hover:text-text aria-pressed:bg-selected aria-pressed:text-text"
      onClick={() => onKind(kind === each ? undefined : each)}
    >
      <span aria-hidden className={`size-2 rounded-[2px] ${colors.background(each)}`} />
      {kindName(each)}
      <span className="text-subtle tabular-nums">{formatCount(count)}</span>
    </button>
  ));
}

/** Findings by kind over time: read it, choose a kind, or select a span to zoom into. */
export function FindingsChart({
  histogram,
  totals,
  range,
  kind,
  colors,
  onKind,
  onZoom,
}: {
  readonly histogram: KindHistogram<string>;
  /** Of every kind that can be chosen, over the whole range. */
  readonly totals: ReadonlyMap<string, number>;
  readonly range: ResolvedRange;
  readonly kind: string | undefined;
  readonly colors: KindColors;
  readonly onKind: (kind: string | undefined) => void;
  readonly onZoom: (startMs: number, endMs: number) => void;
}): ReactNode {
  const [measure, width] = useElementWidth<HTMLDivElement>();
  const [selection, setSelection] = useState<BarSelection>();
  const frame = { width, height: HEIGHT_PX };
  const prepared = useMemo(() => {
    const stack = kindStack(histogram.kinds.map((each) => each.kind));
    return prepareStackedBars(histogram, stack, { width, height: HEIGHT_PX });
  }, [histogram, width]);
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
  const counts = [...totals].map(([each, total]) => ({
    kind: each,
    count: shown === undefined ? total : (shown.counts[each] ?? 0),
  }));
  return (
    <section aria-label="Findings over time" className="border-line border-b bg-surface px-3 pt-1.5 pb-1">
      <div className="-mx-1.5 flex min-h-6 flex-wrap items-center">
        <Legend kinds={counts} kind={kind} colors={colors} onKind={onKind} />
        <p className="ml-auto px-1.5 text-subtle text-xs tabular-nums">
          {shown === undefined ? null : <span className="mr-2 text-text">{spanWords(shown)}</span>}
          {formatCount(shown?.total ?? prepared.total)} found
        </p>
      </div>
      <div className="relative h-[128px] pl-9">
        <span className="absolute top-0 left-0 w-7 text-right text-[10px] text-subtle leading-3 tabular-nums">
          {prepared.total === 0 ? null : formatCompact(prepared.top)}
        </span>
        <div ref={measure}>
          {width === 0 ? null : (
            <>
              <BarBrush
                label="Findings over time. Arrow keys read bars, shift and arrow keys select a span, Enter zooms into it"
                bars={prepared.bars}
                frame={frame}
                selection={selection}
                describe={(chosen) => describeBar(sumOf(chosen))}
                onSelect={setSelection}
                onTake={take}
              >
                <BarsSvg prepared={prepared} fillOf={colors.fill} frame={frame} />
              </BarBrush>
              <BarsAxis prepared={prepared} width={width} />
            </>
          )}
        </div>
      </div>
    </section>
  );
}
