import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { scaledCanvas } from '../../../charts/render/scaled-canvas.ts';
import { useTheme } from '../../../lib/theme.ts';
import { useElementSize } from '../../../lib/use-element-size.ts';
import { Notice } from '../../../ui/notice.tsx';
import { durationWords } from '../duration-words.ts';
import { flameChart } from '../model/flame-chart.ts';
import { nameOf, serviceOf, type TraceModel } from '../model/trace-model.ts';
import type { TraceExplorer } from '../use-trace-explorer.ts';
import { TimeRuler } from '../zoom/time-ruler.tsx';
import { useTimeBrush } from '../zoom/use-time-brush.ts';
import { scaledZoom, shiftedZoom } from '../zoom/zoom-steps.ts';
import { FlameTip, TipFacts } from './flame-tip.tsx';
import { chartRowAt, paintChart } from './paint-chart.ts';
import { frameColors, LANE_PX } from './paint-frame.ts';

function spanWords(model: TraceModel, row: number): string {
  return `${nameOf(model, row)}, ${serviceOf(model, row)}, ${durationWords(model.duration[row] ?? 0)}`;
}

/** The row that an arrow key leads to: up to the parent, down to the first child, left and right to its neighbours. */
function rowByKey(model: TraceModel, row: number, key: string): number | undefined {
  const above = model.parent[row] ?? -1;
  switch (key) {
    case 'ArrowUp':
      return above < 0 ? undefined : above;
    case 'ArrowDown':
      return (model.children[row] ?? 0) > 0 ? row + 1 : undefined;
    case 'ArrowRight': {
      const next = model.end[row] ?? model.count;
      return next < (above < 0 ? model.count : (model.end[above] ?? 0)) ? next : undefined;
    }
    case 'ArrowLeft': {
      let before = row - 1;
      while (before > above && (model.parent[before] ?? -1) !== above) {
        before = model.parent[before] ?? -1;
      }
      return before > above ? before : undefined;
    }
    default:
      return undefined;
  }
}

/** Ctrl with the wheel looks closer at what is under the pointer, Shift moves sideways. */
function useWheel(element: HTMLElement | null, { window, zoom }: TraceExplorer): void {
  const now = useRef({ window, zoom });
  useEffect(() => {
    now.current = { window, zoom };
  });
  useEffect(() => {
    const onWheel = (event: WheelEvent): void => {
      const target = event.currentTarget;
      if (!(target instanceof HTMLElement) || !(event.ctrlKey || event.metaKey || event.shiftKey)) {
        return;
      }
      event.preventDefault();
      const { window: shown, zoom: change } = now.current;
      if (event.shiftKey) {
        change(shiftedZoom(shown, Math.sign(event.deltaY + event.deltaX) * 0.1));
        return;
      }
      const { left, width } = target.getBoundingClientRect();
      const about = shown.from + ((event.clientX - left) / width) * (shown.until - shown.from);
      change(scaledZoom(shown, event.deltaY < 0 ? 0.8 : 1.25, about));
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [element]);
}

/** Every span over time, below its parent. */
export function FlameChartView({ explorer }: { readonly explorer: TraceExplorer }): ReactNode {
  const { model, window, zoom, cursor, search, open } = explorer;
  const chart = useMemo(() => flameChart(model), [model]);
  const [measure, { width, height }] = useElementSize<HTMLDivElement>();
  const [surface, setSurface] = useState<HTMLDivElement | null>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const [topPx, setTopPx] = useState(0);
  const [hover, setHover] = useState<{ readonly row: number; readonly x: number; readonly y: number }>();
  const theme = useTheme();
  const matches = useMemo(
    () => (search.text.trim() === '' ? undefined : new Set(search.matches)),
    [search.text, search.matches],
  );
  const sight = { window, width, height, topPx };
  const rowUnder = (event: PointerEvent<HTMLElement>): number | undefined => {
    const box = event.currentTarget.getBoundingClientRect();
    return chartRowAt(model, chart, sight, event.clientX - box.left, event.clientY - box.top);
  };
  const { brushed, handlers } = useTimeBrush(window, zoom, (event) => {
    const row = rowUnder(event);
    if (row !== undefined) {
      open(row);
    }
  });
  useWheel(surface, explorer);
  const hovered = hover?.row;
  useEffect(() => {
    const context = canvas.current === null ? undefined : scaledCanvas(canvas.current, width, height);
    if (context !== undefined && theme !== undefined) {
      const marks = { selected: cursor.row, hovered, matches };
      paintChart(context, model, chart, { window, width, height, topPx }, marks, frameColors());
    }
  }, [model, chart, window, width, height, topPx, cursor.row, hovered, matches, theme]);
  useEffect(() => {
    const at = cursor.row === undefined ? undefined : (chart.lane[cursor.row] ?? 0) * LANE_PX;
    const element = scroller.current;
    if (at !== undefined && element !== null) {
      if (at < element.scrollTop || at + LANE_PX > element.scrollTop + element.clientHeight) {
        element.scrollTop = at - element.clientHeight / 3;
      }
    }
  }, [cursor.row, chart]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = cursor.row ?? 0;
    const next = cursor.row === undefined ? 0 : rowByKey(model, at, event.key);
    if (event.key === 'Enter') {
      open(at);
    } else if (event.key.startsWith('Arrow')) {
      if (next !== undefined) {
        cursor.move(next);
      }
    } else {
      return;
    }
    event.preventDefault();
  };
  return (
    <div className="relative flex min-h-0 flex-1 flex-col bg-surface">
      <TimeRuler window={window} widthPx={width} className="border-line border-b bg-canvas" onZoom={zoom} />
      {chart.overlaps ? (
        <Notice kind="info" className="m-2">
          More spans run at once than there is room for: some stand over others. The waterfall has a row for each.
        </Notice>
      ) : null}
      <div
        ref={(element) => {
          scroller.current = element;
          return measure(element);
        }}
        className="scrollbar-slim relative min-h-0 flex-1 overflow-y-auto overflow-x-clip"
        onScroll={({ currentTarget }) => setTopPx(currentTarget.scrollTop)}
      >
        <div style={{ height: Math.max(chart.lanes * LANE_PX + 8, height) }}>
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
              const row = rowUnder(event);
              const box = event.currentTarget.getBoundingClientRect();
              setHover(
                row === undefined ? undefined : { row, x: event.clientX - box.left, y: event.clientY - box.top },
              );
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
                <p className="break-words font-medium">{nameOf(model, hover.row)}</p>
                <p className="text-muted">{serviceOf(model, hover.row)}</p>
                <TipFacts
                  facts={[
                    ['Duration', durationWords(model.duration[hover.row] ?? 0)],
                    ['Own time', durationWords(model.self[hover.row] ?? 0)],
                    ['Begins at', durationWords(model.start[hover.row] ?? 0)],
                  ]}
                />
              </FlameTip>
            )}
          </div>
        </div>
      </div>
    </div>
  );
}
