import { type PointerEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { formatCompact } from '../../lib/number-format.ts';
import { useTheme } from '../../lib/theme.ts';
import { formatClock, formatDay } from '../../lib/timestamp.ts';
import { useElementWidth } from '../../lib/use-element-width.ts';
import { timeTicks } from '../prepare/time-ticks.ts';
import type { ChartOptions } from './chart-options.ts';
import { formatUnit } from './format-unit.ts';
import type { ChartRange, Frame } from './frame.ts';
import { HeatCursor } from './heat-cursor.tsx';
import { type HeatGrid, heatGrid } from './heat-grid.ts';
import { BOTTOM_PX, type HeatCell, type HeatLayout, heatLayout, LEFT_PX, TOP_PX } from './heat-layout.ts';
import { themeColor } from './theme-color.ts';

/** The least height of a row whose bound is written beside it. */
const LABEL_PX = 18;

/** How much colour a count has: by its square root, since few slow requests matter, too. */
function strength(count: number, most: number): number {
  return most === 0 ? 0 : 0.08 + 0.92 * Math.sqrt(count / most);
}

function drawGrid(
  canvas: HTMLCanvasElement,
  grid: HeatGrid,
  layout: HeatLayout,
  range: ChartRange,
  unit: string,
): void {
  const ratio = devicePixelRatio;
  canvas.width = Math.round((layout.width + LEFT_PX) * ratio);
  canvas.height = Math.round((layout.height + TOP_PX + BOTTOM_PX) * ratio);
  const context = canvas.getContext('2d');
  if (context === null) {
    return;
  }
  context.scale(ratio, ratio);
  context.fillStyle = themeColor('series-1');
  context.save();
  context.beginPath();
  context.rect(LEFT_PX, TOP_PX, layout.width, layout.height);
  context.clip();
  grid.rows.forEach(({ counts }, row) => {
    const y = TOP_PX + layout.height - (row + 1) * layout.rowHeight;
    counts.forEach((count, index) => {
      if (count !== null && count > 0) {
        const at = grid.times[index] ?? 0;
        // A value at a time is of the step before it.
        const x = layout.xOf(at - layout.stepMs);
        context.globalAlpha = strength(count, grid.most);
        context.fillRect(
          x,
          y,
          Math.max(1, layout.xOf(at) - x - (layout.width / grid.times.length < 6 ? 0 : 0.5)),
          Math.max(1, layout.rowHeight - 0.5),
        );
      }
    });
  });
  context.restore();
  context.fillStyle = themeColor('text-subtle');
  context.font = '11px "Inter Variable", sans-serif';
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  const stride = Math.max(1, Math.ceil(LABEL_PX / layout.rowHeight));
  for (let row = 0; row < grid.rows.length; row += stride) {
    const y = TOP_PX + layout.height - (row + 1) * layout.rowHeight;
    context.fillText(formatUnit(grid.rows[row]?.upper ?? 0, unit), LEFT_PX - 6, Math.max(y, TOP_PX + 5));
  }
  context.textAlign = 'center';
  for (const { ms, label } of timeTicks(range.fromMs, range.toMs, Math.max(1, Math.floor(layout.width / 80)))) {
    context.fillText(label, layout.xOf(ms), TOP_PX + layout.height + 12);
  }
}

function cellWords(grid: HeatGrid, { row, index }: HeatCell, unit: string): string {
  const at = grid.times[index] ?? 0;
  const { lower, upper, counts } = grid.rows[row] ?? { lower: 0, upper: 0, counts: [] };
  const count = counts[index] ?? null;
  const bounds = `${formatUnit(lower, unit)} – ${formatUnit(upper, unit)}`;
  return `${formatDay(at)} ${formatClock(at)} · ${bounds} · ${count === null ? 'nothing' : formatCompact(count)}`;
}

/** How many observations lay where over time, by native histograms or by buckets `le`; drag to look closer, or go from cell to cell by keys. */
export function Heatmap({
  frames,
  options,
  range,
  height,
  label = 'Heatmap',
  onZoom,
}: {
  readonly frames: readonly Frame[];
  readonly options: ChartOptions;
  readonly range: ChartRange;
  readonly height: number;
  readonly label?: string;
  readonly onZoom?: (range: ChartRange) => void;
}): ReactNode {
  const [measure, fullWidth] = useElementWidth<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const grid = useMemo(() => heatGrid(frames), [frames]);
  const { fromMs, toMs } = range;
  const layout = useMemo(
    () => heatLayout(grid, { fromMs, toMs }, fullWidth, height),
    [grid, fromMs, toMs, fullWidth, height],
  );
  const [cell, setCell] = useState<HeatCell | undefined>(undefined);
  const [startX, setStartX] = useState<number | undefined>(undefined);
  const [endX, setEndX] = useState(0);
  const { unit } = options;
  useEffect(() => {
    if (canvas.current !== null && fullWidth > 0) {
      canvas.current.dataset.theme = theme;
      drawGrid(canvas.current, grid, layout, { fromMs, toMs }, unit);
    }
  }, [grid, layout, fromMs, toMs, unit, theme, fullWidth]);
  const msAt = (x: number): number => Math.round(fromMs + ((x - LEFT_PX) / layout.width) * (toMs - fromMs));
  const xOf = ({ currentTarget, clientX }: PointerEvent<HTMLElement>): number =>
    clientX - currentTarget.getBoundingClientRect().left;
  const onMove = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = xOf(event);
    const row = Math.floor((layout.height - (event.clientY - box.top - TOP_PX)) / layout.rowHeight);
    const index = grid.times.findIndex((ms) => ms >= msAt(x));
    setCell(grid.rows[row] === undefined || index < 0 || x < LEFT_PX ? undefined : { row, index });
    setEndX(x);
  };
  const onUp = (event: PointerEvent<HTMLElement>): void => {
    // Where it is let go: the last part of a quick drag is not drawn yet.
    const x = xOf(event);
    if (startX !== undefined && Math.abs(x - startX) > 6) {
      onZoom?.({ fromMs: msAt(Math.min(startX, x)), toMs: msAt(Math.max(startX, x)) });
    }
    setStartX(undefined);
  };
  return (
    <div ref={measure} className="min-w-0">
      <div
        className="relative cursor-crosshair touch-pan-y select-none"
        style={{ height }}
        onPointerMove={onMove}
        onPointerLeave={() => setCell(undefined)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const x = xOf(event);
          setStartX(x);
          setEndX(x);
        }}
        onPointerUp={onUp}
        onPointerCancel={() => setStartX(undefined)}
      >
        <canvas
          ref={canvas}
          role="img"
          aria-label={`${label}: ${grid.rows.length} buckets`}
          className="absolute inset-0 h-full w-full"
        />
        {startX === undefined ? null : (
          <div
            aria-hidden
            className="pointer-events-none absolute inset-y-0 bg-brush"
            style={{ left: Math.min(startX, endX), width: Math.abs(endX - startX) }}
          />
        )}
        {grid.rows.length === 0 ? (
          <p className="absolute inset-0 flex items-center justify-center text-muted">
            Neither native histograms nor buckets with the label le
          </p>
        ) : (
          <HeatCursor
            label={`Cells of ${label}`}
            grid={grid}
            layout={layout}
            cell={cell}
            words={cell === undefined ? '' : cellWords(grid, cell, unit)}
            onCell={setCell}
            onEnter={(ms) => {
              const quarter = Math.round((toMs - fromMs) / 4);
              onZoom?.({ fromMs: ms - quarter, toMs: ms + quarter });
            }}
          />
        )}
      </div>
      <p aria-live="off" className="h-4 truncate text-2xs text-muted tabular-nums">
        {cell === undefined
          ? `${grid.rows.length} buckets, darkest ${formatCompact(grid.most)}`
          : cellWords(grid, cell, unit)}
      </p>
    </div>
  );
}
