import { type ReactNode, useCallback } from 'react';
import { scrollStop } from '../../lib/scroll-stop.ts';
import { useElementSize } from '../../lib/use-element-size.ts';
import type { ChartOptions } from './chart-options.ts';
import type { Frame, FrameSeries } from './frame.ts';
import { gaugeWidth } from './gauge-width.ts';
import { reduceValues } from './reduce-values.ts';
import { shownSeries } from './shown-series.ts';
import { namedColor } from './theme-color.ts';
import { writtenValue } from './written-value.ts';

const SHOWN_MAX = 24;

/** How high the letters of a value are, of the gauge's width. */
const VALUE_SHARE = 0.14;

const RADIUS = 40;
/** A half circle, from left over the top to the right. */
const ARC = `M10 50A${RADIUS} ${RADIUS} 0 0 1 90 50`;
const ARC_LENGTH = Math.PI * RADIUS;

/** Where a gauge ends: as it is said, else a whole of per cent, else the last threshold or the value itself. */
function gaugeEnds(value: number, { min, max, unit, thresholds }: ChartOptions): readonly [number, number] {
  const low = min ?? Math.min(0, value);
  const whole = unit === 'percent' ? 100 : unit === 'percentunit' ? 1 : undefined;
  const highest = Math.max(value, ...thresholds.map((each) => each.value ?? Number.NEGATIVE_INFINITY));
  const high = max ?? (whole === undefined ? highest : Math.max(whole, value));
  return [low, high > low ? high : low + 1];
}

function Gauge({
  series,
  options,
  hasName,
  width,
}: {
  readonly series: FrameSeries;
  readonly options: ChartOptions;
  readonly hasName: boolean;
  readonly width: number;
}): ReactNode {
  const value = reduceValues(series.values, options.reduce);
  const [low, high] = gaugeEnds(value ?? 0, options);
  const part = value === null ? 0 : Math.min(1, Math.max(0, (value - low) / (high - low)));
  const { text, color } = writtenValue(value, options);
  return (
    <li className="flex flex-col items-center" style={{ width }}>
      <div className="relative w-full">
        <svg aria-hidden="true" viewBox="0 0 100 56" className="w-full fill-none" strokeWidth={11}>
          <path d={ARC} className="stroke-hover" />
          <path
            d={ARC}
            strokeDasharray={`${part * ARC_LENGTH} ${ARC_LENGTH * 2}`}
            style={{ stroke: namedColor(series.color ?? color ?? '', 'var(--accent)') }}
          />
        </svg>
        <p
          className="absolute inset-x-0 bottom-0 text-center font-semibold tabular-nums leading-tight"
          style={{ fontSize: Math.round(width * VALUE_SHARE) }}
        >
          {text}
        </p>
      </div>
      {hasName ? (
        <p title={series.label} className="max-w-full truncate text-muted text-xs">
          {series.label}
        </p>
      ) : null}
    </li>
  );
}

/** One number of each series on the way from its least to its most. */
export function GaugePanel({
  frames,
  options,
  hasNames,
}: {
  readonly frames: readonly Frame[];
  readonly options: ChartOptions;
  /** False: a single one stands without its name. */
  readonly hasNames: boolean;
}): ReactNode {
  const [measure, size] = useElementSize<HTMLUListElement>();
  const place = useCallback(
    (element: HTMLUListElement | null) => {
      const ends = [measure(element), scrollStop(element)];
      return () => {
        for (const end of ends) {
          end?.();
        }
      };
    },
    [measure],
  );
  const series = shownSeries(frames).slice(0, SHOWN_MAX);
  const width = gaugeWidth(series.length, size);
  if (series.length === 0) {
    return <p className="flex h-full items-center justify-center text-muted">No data</p>;
  }
  return (
    <ul
      ref={place}
      aria-label="Values"
      className="scrollbar-slim flex h-full flex-wrap content-center items-center justify-center gap-3 overflow-y-auto"
    >
      {series.map(({ id, series: each }) => (
        <Gauge key={id} series={each} options={options} hasName={hasNames || series.length > 1} width={width} />
      ))}
    </ul>
  );
}
