import type { Frame, FrameSeries } from './frame.ts';

/** A series of a panel that shows one number of each. */
export interface ShownSeries {
  /** Unique in the panel. */
  readonly id: string;
  /** Decides its colour. */
  readonly place: number;
  readonly series: FrameSeries;
}

/** The series of frames that are not there to compare with. */
export function shownSeries(frames: readonly Frame[]): readonly ShownSeries[] {
  return frames
    .flatMap(({ series }) => series.filter(({ isCompared = false }) => !isCompared))
    .map((series, place) => ({ id: `${place} ${series.label}`, place, series }));
}
