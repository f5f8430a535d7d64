import type { TraceSummaryView } from '@aegisguard/model';
import { type PointerEvent, type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { formatUnit } from '../../../charts/metrics/format-unit.ts';
import { themeColor } from '../../../charts/metrics/theme-color.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { useTheme } from '../../../lib/theme.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { formatClock, formatDay, timestampMs } from '../../../lib/timestamp.ts';
import { useElementWidth } from '../../../lib/use-element-width.ts';
import { pointAt, prepareScatter, type ScatterPlot, type ScatterPoint } from './scatter-points.ts';

/** A full turn. */
const TURN = 2 * Math.PI;

function draw(canvas: HTMLCanvasElement, plot: ScatterPlot, width: number, height: number): void {
  const context = canvas.getContext('2d');
  if (context === null) {
    return;
  }
  const scale = window.devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  context.strokeStyle = themeColor('line');
  context.beginPath();
  for (const { y } of plot.durationTicks) {
    context.moveTo(0, Math.round(y) + 0.5);
    context.lineTo(width, Math.round(y) + 0.5);
  }
  for (const { x } of plot.timeTicks) {
    context.moveTo(x + 0.5, 0);
    context.lineTo(x + 0.5, height);
  }
  context.stroke();
  const colors = { failed: themeColor('level-error'), fine: themeColor('series-1'), edge: themeColor('surface') };
  context.strokeStyle = colors.edge;
  for (const { x, y, radius, hasErrors } of plot.points) {
    context.globalAlpha = 0.78;
    context.fillStyle = hasErrors ? colors.failed : colors.fine;
    context.beginPath();
    context.arc(x, y, radius, 0, TURN);
    context.fill();
    context.globalAlpha = 1;
    context.stroke();
  }
}

/** The canvas, drawn anew when what it shows, its size or the theme changes. */
function useDrawing(canvas: RefObject<HTMLCanvasElement | null>, plot: ScatterPlot, width: number, height: number) {
  const theme = useTheme();
  useEffect(() => {
    if (canvas.current !== null && width > 0) {
      canvas.current.dataset.theme = theme;
      draw(canvas.current, plot, width, height);
    }
  }, [canvas, plot, width, height, theme]);
}

function Tooltip({ point, width }: { readonly point: ScatterPoint; readonly width: number }): ReactNode {
  const { trace, x, y, radius } = point;
  const startMs = timestampMs(trace.startTime);
  const isLeft = x > width / 2;
  return (
    <div
      className="pointer-events-none absolute z-20 max-w-72 rounded-md border border-line-strong bg-raised px-2 py-1 text-xs shadow-float"
      style={{ top: Math.max(0, y - 24), ...(isLeft ? { right: width - x + radius + 6 } : { left: x + radius + 6 }) }}
    >
      <p className="truncate font-medium">
        {trace.rootService} {trace.rootName}
      </p>
      <p className="text-muted tabular-nums">
        {formatDay(startMs)} {formatClock(startMs)} · {formatUnit(trace.durationMs, 'ms')} ·{' '}
        {formatCount(trace.spanCount)} spans
        {trace.errorCount === 0 ? null : <span className="text-danger"> · {formatCount(trace.errorCount)} errors</span>}
      </p>
    </div>
  );
}

/** What the chart shows, and what a dot leads to. */
interface ScatterProps {
  readonly traces: readonly TraceSummaryView[];
  readonly range: ResolvedRange;
  readonly heightPx: number;
  readonly onOpen: (trace: TraceSummaryView) => void;
}

function Dots({ traces, range, heightPx, width, onOpen }: ScatterProps & { readonly width: number }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hovered, setHovered] = useState<ScatterPoint>();
  const plot = useMemo(
    () => prepareScatter(traces, range, { width, height: heightPx }),
    [traces, range, width, heightPx],
  );
  useDrawing(canvas, plot, width, heightPx);
  const under = ({ currentTarget, clientX, clientY }: PointerEvent): ScatterPoint | undefined => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return pointAt(plot.points, clientX - left, clientY - top);
  };
  return (
    <>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${formatCount(traces.length)} traces by start and duration; the list below has the same ones`}
        className={hovered === undefined ? 'block w-full' : 'block w-full cursor-pointer'}
        style={{ height: heightPx }}
        onPointerMove={(event) => setHovered(under(event))}
        onPointerLeave={() => setHovered(undefined)}
        onPointerUp={(event) => {
          const point = event.button === 0 ? under(event) : undefined;
          if (point !== undefined) {
            onOpen(point.trace);
          }
        }}
      />
      {plot.durationTicks.map(({ label, y }) => (
        <span
          key={label}
          aria-hidden
          className="pointer-events-none absolute right-full mr-1.5 whitespace-nowrap text-[10px] text-subtle leading-none tabular-nums"
          style={{ top: y - 5 }}
        >
          {label}
        </span>
      ))}
      <svg aria-hidden="true" width={width} height={16} className="block">
        {plot.timeTicks.map(({ label, x }) => (
          <text
            key={x}
            x={Math.min(width - 16, Math.max(16, x))}
            y={12}
            textAnchor="middle"
            className="fill-subtle text-[10px] tabular-nums"
          >
            {label}
          </text>
        ))}
      </svg>
      {hovered === undefined ? null : <Tooltip point={hovered} width={width} />}
    </>
  );
}

/** The traces of the list as dots: where from, how slow, how large, and whether they failed. A click opens one. */
export function TraceScatter({ lead, ...props }: ScatterProps & { readonly lead: ReactNode }): ReactNode {
  const [measure, width] = useElementWidth<HTMLDivElement>();
  return (
    <section aria-label="Traces by start and duration" className="bg-surface px-3 pt-1.5 pb-1">
      <div className="-mx-1.5 flex min-h-6 flex-wrap items-center">
        {lead}
        <p className="ml-auto px-1.5 text-subtle text-xs tabular-nums">
          {formatCount(props.traces.length)} traces loaded
        </p>
      </div>
      <div className="pl-14">
        <div ref={measure} className="relative" style={{ height: props.heightPx + 16 }}>
          {width === 0 ? null : <Dots {...props} width={width} />}
        </div>
      </div>
    </section>
  );
}
