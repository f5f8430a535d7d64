/** A set of labels. */
export type SeriesLabels = Readonly<Record<string, string>>;

/** One series, a value for each time of its frame; null where there is none. */
export interface FrameSeries {
  /** How it is called in legends; unique within the frame as far as its labels are. */
  readonly label: string;
  readonly labels: SeriesLabels;
  readonly values: readonly (number | null)[];
  /** A colour of its own, by name or as CSS. */
  readonly color?: string;
  /** It is there to compare with: drawn dashed, in the colour of the series of the same place. */
  readonly isCompared?: boolean;
}

/** How many observations lay between two bounds at each time of a frame, by native histograms. */
export interface FrameBucket {
  /** May be −Infinity and +Infinity. */
  readonly lower: number;
  readonly upper: number;
  readonly counts: readonly (number | null)[];
}

/** What one query answered, in columns over one time axis. */
export interface Frame {
  /** Unix ms, ascending. */
  readonly times: readonly number[];
  readonly series: readonly FrameSeries[];
  /** The sum of the answer's native histograms, from the lowest bucket; empty when it has none. */
  readonly buckets: readonly FrameBucket[];
}

/** A span of time that charts show, in unix ms. */
export interface ChartRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A moment marked in charts. */
export interface ChartAnnotation {
  readonly ms: number;
  readonly text: string;
  /** A CSS colour; empty: the theme's. */
  readonly color: string;
}

/** One observation that leads to a trace. */
export interface ChartExemplar {
  readonly ms: number;
  readonly value: number;
  readonly labels: SeriesLabels;
}
