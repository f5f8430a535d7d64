import { lazy, type ReactNode, Suspense, useMemo, useRef, useState } from 'react';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ChartLegend, type LegendHandle } from './chart-legend.tsx';
import type { ChartOptions } from './chart-options.ts';
import type { ChartAnnotation, ChartExemplar, ChartRange, Frame } from './frame.ts';
import { plotContent } from './plot-content.ts';

// uPlot comes after the page.
const MetricPlot = lazy(async () => ({ default: (await import('./metric-plot.tsx')).MetricPlot }));

/** What a chart shows, and what it tells. */
export interface MetricChartProps {
  /** Must stay the same while nothing has changed: other ones draw the chart anew. */
  readonly frames: readonly Frame[];
  readonly options: ChartOptions;
  readonly range: ChartRange;
  /** Pixels of the plot, without the legend. */
  readonly height: number;
  /** What it is, for those who do not see it. */
  readonly label?: string;
  /** Charts of one key show their cursors at the same time. */
  readonly syncKey?: string;
  readonly annotations?: readonly ChartAnnotation[];
  readonly exemplars?: readonly ChartExemplar[];
  /** A span was selected. */
  readonly onZoom?: (range: ChartRange) => void;
  /** The plot was clicked twice. */
  readonly onZoomOut?: () => void;
  readonly onExemplar?: (exemplar: ChartExemplar) => void;
}

const NOTHING: ReadonlySet<number> = new Set();

/** The places to hide after a click in the legend: all others, or none when it was alone already; or, `isAlone` false, one more or less. */
function toggled(hidden: ReadonlySet<number>, place: number, isAlone: boolean, count: number): ReadonlySet<number> {
  if (isAlone) {
    const wasAlone = hidden.size === count - 1 && !hidden.has(place);
    const others = Array.from({ length: count }, (_, each) => each).filter((each) => each !== place);
    return wasAlone ? NOTHING : new Set(others);
  }
  const next = new Set(hidden);
  if (!next.delete(place)) {
    next.add(place);
  }
  return next;
}

/** Lines, areas, bars or points over time, with a legend: hover to read, drag to look closer, click twice to step back. */
export function MetricChart(props: MetricChartProps): ReactNode {
  const { frames, options, range, height, label = 'Chart', syncKey, annotations, exemplars } = props;
  const [chosen, setChosen] = useState({ names: '', hidden: NOTHING });
  const [focused, setFocused] = useState<number | null>(null);
  const legend = useRef<LegendHandle>(null);
  // Hidden lines stay hidden while the same series are answered.
  const names = useMemo(() => frames.flatMap(({ series }) => series.map((each) => each.label)).join('\n'), [frames]);
  const hidden = chosen.names === names ? chosen.hidden : NOTHING;
  const { stacking, isLogScale } = options;
  const content = useMemo(
    () => plotContent(frames, { stacking, isLogScale }, hidden),
    [frames, stacking, isLogScale, hidden],
  );
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <Suspense fallback={<Placeholder height={height} />}>
        <MetricPlot
          content={content}
          options={options}
          range={range}
          height={height}
          label={label}
          focused={focused}
          legend={legend}
          syncKey={syncKey}
          annotations={annotations}
          exemplars={exemplars}
          onZoom={props.onZoom}
          onZoomOut={props.onZoomOut}
          onExemplar={props.onExemplar}
        />
      </Suspense>
      <ChartLegend
        ref={legend}
        content={content}
        options={options}
        hidden={hidden}
        onToggle={(place, isAlone) =>
          setChosen({ names, hidden: toggled(hidden, place, isAlone, content.series.length) })
        }
        onHover={setFocused}
      />
    </div>
  );
}

function Placeholder({ height }: { readonly height: number }): ReactNode {
  return (
    <div style={{ height }}>
      <Skeleton className="h-full w-full" />
    </div>
  );
}
