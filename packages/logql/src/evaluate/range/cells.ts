/**
 * What is kept of the samples of a bucket: `width` numbers of an array of cells, the first of which is how many samples there are. Of two cells that are merged, the samples of the target come first.
 */
export interface CellKind {
  readonly width: number;
  add(cells: Float64Array, at: number, value: number, time: number): void;
  merge(target: Float64Array, at: number, source: Float64Array, from: number): void;
  /** What the samples give; there is at least one. */
  value(cells: Float64Array, at: number): number;
}

function get(cells: Float64Array, at: number): number {
  return cells[at] ?? 0;
}

/** [count, sum] */
function sumCells(result: (sum: number) => number): CellKind {
  const plus = (cells: Float64Array, at: number, count: number, sum: number): void => {
    cells[at] = get(cells, at) + count;
    cells[at + 1] = get(cells, at + 1) + sum;
  };
  return {
    width: 2,
    add: (cells, at, value) => plus(cells, at, 1, value),
    merge: (target, at, source, from) => plus(target, at, get(source, from), get(source, from + 1)),
    value: (cells, at) => result(get(cells, at + 1)),
  };
}

/** [count, value]: what is better than what was kept takes its place, and anything is better than NaN. */
function extremeCells(isBetter: (value: number, kept: number) => boolean): CellKind {
  const offer = (cells: Float64Array, at: number, count: number, value: number): void => {
    const kept = get(cells, at + 1);
    if (cells[at] === 0 || isBetter(value, kept) || Number.isNaN(kept)) {
      cells[at + 1] = value;
    }
    cells[at] = get(cells, at) + count;
  };
  return {
    width: 2,
    add: (cells, at, value) => offer(cells, at, 1, value),
    merge: (target, at, source, from) => {
      if (source[from] !== 0) {
        offer(target, at, get(source, from), get(source, from + 1));
      }
    },
    value: (cells, at) => get(cells, at + 1),
  };
}

/** [count, value, time]: the first or the last sample; of those of one time the one that was read first or last. */
function timedCells(isTaken: (time: number, kept: number) => boolean): CellKind {
  const offer = (cells: Float64Array, at: number, count: number, value: number, time: number): void => {
    if (cells[at] === 0 || isTaken(time, get(cells, at + 2))) {
      cells[at + 1] = value;
      cells[at + 2] = time;
    }
    cells[at] = get(cells, at) + count;
  };
  return {
    width: 3,
    add: (cells, at, value, time) => offer(cells, at, 1, value, time),
    merge: (target, at, source, from) => {
      if (source[from] !== 0) {
        offer(target, at, get(source, from), get(source, from + 1), get(source, from + 2));
      }
    },
    value: (cells, at) => get(cells, at + 1),
  };
}

/** [count, sum, mean]: the mean for sums that a double does not hold. */
function averageCells(): CellKind {
  const plus = (cells: Float64Array, at: number, count: number, sum: number, mean: number): void => {
    const all = get(cells, at) + count;
    cells[at + 2] = get(cells, at + 2) * (get(cells, at) / all) + mean * (count / all);
    cells[at + 1] = get(cells, at + 1) + sum;
    cells[at] = all;
  };
  return {
    width: 3,
    add: (cells, at, value) => plus(cells, at, 1, value, value),
    merge: (target, at, source, from) => {
      if (source[from] !== 0) {
        plus(target, at, get(source, from), get(source, from + 1), get(source, from + 2));
      }
    },
    value: (cells, at) => {
      const sum = get(cells, at + 1);
      return Number.isFinite(sum) ? sum / get(cells, at) : get(cells, at + 2);
    },
  };
}

/** [count, mean, sum of squared deviations]: https://en.wikipedia.org/wiki/Algorithms_for_calculating_variance#Parallel_algorithm */
function deviationCells(result: (variance: number) => number): CellKind {
  const plus = (cells: Float64Array, at: number, count: number, mean: number, squares: number): void => {
    const before = get(cells, at);
    const all = before + count;
    const difference = mean - get(cells, at + 1);
    cells[at] = all;
    cells[at + 1] = get(cells, at + 1) + difference * (count / all);
    cells[at + 2] =
      get(cells, at + 2) + squares + (before === 0 ? 0 : difference * difference * ((before * count) / all));
  };
  return {
    width: 3,
    // An infinite value has no deviation.
    add: (cells, at, value) => plus(cells, at, 1, value, Number.isFinite(value) ? 0 : Number.NaN),
    merge: (target, at, source, from) => {
      if (source[from] !== 0) {
        plus(target, at, get(source, from), get(source, from + 1), get(source, from + 2));
      }
    },
    value: (cells, at) => result(get(cells, at + 2) / get(cells, at)),
  };
}

/** The range aggregations that need no more than a cell per bucket. */
export type FoldedOperation =
  | 'sum'
  | 'rate'
  | 'avg_over_time'
  | 'min_over_time'
  | 'max_over_time'
  | 'stdvar_over_time'
  | 'stddev_over_time'
  | 'first_over_time'
  | 'last_over_time';

/** How an aggregation's samples are kept. */
export function cellKind(operation: FoldedOperation, rangeSeconds: number): CellKind {
  switch (operation) {
    case 'sum':
      return sumCells((sum) => sum);
    case 'rate':
      return sumCells((sum) => sum / rangeSeconds);
    case 'min_over_time':
      return extremeCells((value, kept) => value < kept);
    case 'max_over_time':
      return extremeCells((value, kept) => value > kept);
    case 'first_over_time':
      return timedCells((time, kept) => time < kept);
    case 'last_over_time':
      return timedCells((time, kept) => time >= kept);
    case 'avg_over_time':
      return averageCells();
    case 'stdvar_over_time':
      return deviationCells((variance) => variance);
    case 'stddev_over_time':
      return deviationCells(Math.sqrt);
  }
}
