import type { ChartOptions } from './chart-options.ts';
import type { Frame, FrameSeries } from './frame.ts';
import { alignFrames } from './prepare-frame.ts';
import { stackColumns } from './stack-columns.ts';

/** Lines that are drawn; more can neither be told apart nor drawn at the pace of a hand. */
const DRAWN_MAX = 200;

/** What a chart draws, and what its legend says. */
export interface PlotContent {
  readonly times: readonly number[];
  readonly series: readonly FrameSeries[];
  /** The colour's place of each series: compared ones have that of what they are compared with. */
  readonly colors: readonly number[];
  /** Heights as drawn, in the order of `series`. */
  readonly columns: readonly (readonly (number | null)[])[];
  /** Series of the answer that are not drawn. */
  readonly omittedCount: number;
}

function colorPlaces(series: readonly FrameSeries[]): readonly number[] {
  let present = 0;
  let compared = 0;
  return series.map(({ isCompared = false }) => {
    if (isCompared) {
      compared += 1;
      return compared - 1;
    }
    present += 1;
    return present - 1;
  });
}

const NONE_HIDDEN: ReadonlySet<number> = new Set();

/** A canvas cannot draw infinities, nor a logarithmic one what is not above 0. */
function drawable(values: readonly (number | null)[], isLogScale: boolean): readonly (number | null)[] {
  return values.some((value) => value !== null && (!Number.isFinite(value) || (isLogScale && value <= 0)))
    ? values.map((value) => (value === null || !Number.isFinite(value) || (isLogScale && value <= 0) ? null : value))
    : values;
}

/** Frames as one chart draws them, without the series of the hidden places. */
export function plotContent(
  frames: readonly Frame[],
  { stacking, isLogScale }: Pick<ChartOptions, 'stacking' | 'isLogScale'>,
  hidden: ReadonlySet<number> = NONE_HIDDEN,
): PlotContent {
  const aligned = alignFrames(frames);
  const series = aligned.series.slice(0, DRAWN_MAX);
  const gap: readonly null[] = Array(aligned.times.length).fill(null);
  const shown = series.map((each, place) => (hidden.has(place) ? { ...each, values: gap } : each));
  return {
    times: aligned.times,
    series,
    colors: colorPlaces(series),
    columns: stackColumns(shown, aligned.times.length, stacking).map((values, place) =>
      hidden.has(place) ? gap : drawable(values, isLogScale),
    ),
    omittedCount: aligned.series.length - series.length,
  };
}
