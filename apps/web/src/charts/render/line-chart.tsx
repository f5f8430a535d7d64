import 'uplot/dist/uPlot.min.css';
import { type ReactNode, useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { formatCompact } from '../../lib/number-format.ts';
import { useTheme } from '../../lib/theme.ts';
import { useElementWidth } from '../../lib/use-element-width.ts';
import { lonePoints, type PreparedLines } from '../prepare/line-series.ts';
import { niceCeiling } from '../prepare/nice-ceiling.ts';
import { timeTickLabel } from '../prepare/time-ticks.ts';

const HEIGHT_PX = 260;

/** The colours of the theme as they are now; a canvas does not know CSS variables. */
function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function optionsFor(
  prepared: PreparedLines,
  width: number,
  onPoint: (index: number | undefined) => void,
): UPlot.Options {
  const axis: UPlot.Axis = {
    stroke: token('--text-subtle'),
    grid: { stroke: token('--line'), width: 1 },
    ticks: { show: false },
    font: '11px "Inter Variable", sans-serif',
  };
  return {
    width,
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: { points: { size: 6 }, drag: { x: false, y: false } },
    series: [
      {},
      ...prepared.data.slice(1).map((_, index) => ({
        stroke: token(`--${prepared.series[index]?.color ?? 'series-1'}`),
        width: 1.5,
        // A point without neighbours is no line.
        points: { show: false, size: 4, filter: () => [...lonePoints(prepared.data[index + 1] ?? [])] },
      })),
    ],
    scales: { y: { range: (_plot, least, most) => [Math.min(0, least ?? 0), niceCeiling(most ?? 1)] } },
    hooks: { setCursor: [(plot) => onPoint(plot.cursor.idx ?? undefined)] },
    axes: [
      {
        ...axis,
        space: 90,
        values: (_plot, splits, _axis, _space, stepSeconds) =>
          splits.map((seconds) => timeTickLabel(seconds * 1000, stepSeconds * 1000)),
      },
      { ...axis, size: 52, values: (_plot, splits) => splits.map(formatCompact) },
    ],
  };
}

/** Draws prepared lines; tells which point of the time axis the pointer is at. */
export function LineChart({
  prepared,
  label,
  onPoint,
}: {
  readonly prepared: PreparedLines;
  readonly label: string;
  /** Must stay the same function: another one draws the chart anew. */
  readonly onPoint: (index: number | undefined) => void;
}): ReactNode {
  const [measure, width] = useElementWidth<HTMLDivElement>();
  const place = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  useEffect(() => {
    if (place.current === null || width === 0) {
      return undefined;
    }
    place.current.dataset.theme = theme;
    const plot = new UPlot(
      optionsFor(prepared, width, onPoint),
      prepared.data as unknown as UPlot.AlignedData,
      place.current,
    );
    return () => plot.destroy();
  }, [prepared, width, theme, onPoint]);
  return (
    <div ref={measure} role="img" aria-label={label} className="w-full">
      <div ref={place} />
    </div>
  );
}
