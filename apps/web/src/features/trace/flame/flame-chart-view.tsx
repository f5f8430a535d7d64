import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { nanosWords } from '../../../charts/metrics/duration-words.ts';
import { scaledCanvas } from '../../../charts/render/scaled-canvas.ts';
import { useTheme } from '../../../lib/theme.ts';
import { useElementSize } from '../../../lib/use-element-size.ts';
import { Notice } from '../../../ui/notice.tsx';
import { type FlameChart, flameChart } from '../model/flame-chart.ts';
import { neighbourRow } from '../model/neighbour-row.ts';
import { nameOf, serviceOf, type TraceModel } from '../model/trace-model.ts';
import type { TraceExplorer } from '../use-trace-explorer.ts';
import { TimeRuler } from '../zoom/time-ruler.tsx';
import { useTimeBrush } from '../zoom/use-time-brush.ts';
import { FlameTip, TipFacts } from './flame-tip.tsx';
import { type ChartSight, chartRowAt, paintChart } from './paint-chart.ts';
import { frameColors, LANE_PX } from './paint-frame.ts';
import { useWheelZoom } from './use-wheel-zoom.ts';

function spanWords(model: TraceModel, row: number): string {
  return `${nameOf(model, row)}, ${serviceOf(model, row)}, ${nanosWords(model.duration[row] ?? 0)}`;
}

function SpanTip({ model, row }: { readonly model: TraceModel; readonly row: number }): ReactNode {
  return (
    <>
      <p className="break-words font-medium">{nameOf(model, row)}</p>
      <p className="text-muted">{serviceOf(model, row)}</p>
      <TipFacts
        facts={[
          ['Duration', nanosWords(model.duration[row] ?? 0)],
          ['Own time', nanosWords(model.self[row] ?? 0)],
          ['Begins at', nanosWords(model.start[row] ?? 0)],
        ]}
      />
    </>
  );
}

interface Hover {
  readonly row: number;
  readonly x: number;
  readonly y: number;
}

/** The part of the chart that is in sight, on which pointer and keyboard work. */
function ChartSurface({
  explorer,
  chart,
  sight,
}: {
  readonly explorer: TraceExplorer;
  readonly chart: FlameChart;
  readonly sight: ChartSight;
}): ReactNode {
  const { model, window, zoom, cursor, search, open, enter } = explorer;
  const { width, height, topPx } = sight;
  const [surface, setSurface] = useState<HTMLDivElement | null>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hover, setHover] = useState<Hover>();
  const theme = useTheme();
  const matches = useMemo(
    () => (search.text.trim() === '' ? undefined : new Set(search.matches)),
    [search.text, search.matches],
  );
  const under = (event: PointerEvent<HTMLElement>): Hover | undefined => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const row = chartRowAt(model, chart, sight, x, y);
    return row === undefined ? undefined : { row, x, y };
  };
  const { brushed, handlers } = useTimeBrush(window, zoom, (event) => {
    const at = under(event);
    if (at !== undefined) {
      open(at.row);
    }
  });
  useWheelZoom(surface, explorer);
  const hovered = hover?.row;
  useEffect(() => {
    const context = canvas.current === null ? undefined : scaledCanvas(canvas.current, width, height);
    if (context !== undefined && theme !== undefined) {
      const marks = { selected: cursor.row, hovered, matches };
      paintChart(context, model, chart, { window, width, height, topPx }, marks, frameColors());
    }
  }, [model, chart, window, width, height, topPx, cursor.row, hovered, matches, theme]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = cursor.row ?? 0;
    if (event.key === 'Enter') {
      enter(at);
    } else if (event.key.startsWith('Arrow')) {
      cursor.move(cursor.row === undefined ? 0 : (neighbourRow(model, at, event.key) ?? at));
    } else {
      return;
    }
    event.preventDefault();
  };
  return (
    <div
      ref={setSurface}
      role="slider"
      tabIndex={0}
      aria-label="Spans over time"
      aria-valuemin={0}
      aria-valuemax={model.count - 1}
      aria-valuenow={cursor.row ?? 0}
      aria-valuetext={cursor.row === undefined ? 'No span is chosen' : spanWords(model, cursor.row)}
      className="sticky top-0 cursor-crosshair touch-pan-y select-none"
      style={{ height }}
      onKeyDown={onKeyDown}
      {...handlers}
      onPointerMove={(event) => {
        handlers.onPointerMove(event);
        setHover(under(event));
      }}
      onPointerLeave={() => {
        handlers.onPointerLeave();
        setHover(undefined);
      }}
    >
      <canvas ref={canvas} aria-hidden className="absolute inset-0 h-full w-full" />
      {brushed === undefined ? null : (
        <span
          className="pointer-events-none absolute inset-y-0 left-0 border-accent border-x bg-brush"
          style={{ transform: `translateX(${brushed.fromPx}px)`, width: brushed.untilPx - brushed.fromPx }}
        />
      )}
      {hover === undefined || brushed !== undefined ? null : (
        <FlameTip x={hover.x} y={hover.y} width={width}>
          <SpanTip model={model} row={hover.row} />
        </FlameTip>
      )}
    </div>
  );
}

/** Every span over time, below its parent. */
export function FlameChartView({ explorer }: { readonly explorer: TraceExplorer }): ReactNode {
  const { model, window, zoom, cursor } = explorer;
  const chart = useMemo(() => flameChart(model), [model]);
  const [measure, { width, height }] = useElementSize<HTMLDivElement>();
  const scroller = useRef<HTMLDivElement>(null);
  // The same function each time: another one would be told of the element anew with every drawing.
  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element;
      return measure(element);
    },
    [measure],
  );
  const [topPx, setTopPx] = useState(0);
  const atPx = cursor.row === undefined ? undefined : (chart.lane[cursor.row] ?? 0) * LANE_PX;
  useEffect(() => {
    const element = scroller.current;
    if (atPx !== undefined && element !== null) {
      const isInSight = atPx >= element.scrollTop && atPx + LANE_PX <= element.scrollTop + element.clientHeight;
      element.scrollTop = isInSight ? element.scrollTop : atPx - element.clientHeight / 3;
    }
  }, [atPx]);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col bg-surface">
      <TimeRuler window={window} widthPx={width} className="border-line border-b bg-canvas" onZoom={zoom} />
      {chart.overlaps ? (
        <Notice kind="info" className="m-2">
          More spans run at once than there is room for: some stand over others. The waterfall has a row for each.
        </Notice>
      ) : null}
      <div
        ref={attach}
        className="scrollbar-slim relative min-h-0 flex-1 overflow-y-auto overflow-x-clip"
        onScroll={({ currentTarget }) => setTopPx(currentTarget.scrollTop)}
      >
        <div style={{ height: Math.max(chart.lanes * LANE_PX + 8, height) }}>
          <ChartSurface explorer={explorer} chart={chart} sight={{ window, width, height, topPx }} />
        </div>
      </div>
    </div>
  );
}
