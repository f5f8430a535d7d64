/** The part of an answer of Prometheus's API that is compared. */
export interface ApiAnswer {
  readonly status: string;
  readonly error?: string;
  readonly data?: { readonly resultType: string; readonly result: unknown };
}

type Point = readonly [time: number, value: string];
interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: Point;
  readonly values?: readonly Point[];
}

/** Of the larger of two numbers; the compliance suite's own. */
const TOLERANCE = 1e-5;

/** What is different about two answers, in words: types, series, times, or numbers by more than the tolerance. NaN equals NaN, the order of series does not count. Undefined when they agree, also on failing. */
export function differenceOf(ours: ApiAnswer, theirs: ApiAnswer, tolerance = TOLERANCE): string | undefined {
  if (ours.data === undefined || theirs.data === undefined) {
    const [mine, other] = [ours, theirs].map(({ data, error }) => (data === undefined ? `fails: ${error}` : 'answers'));
    return ours.data === theirs.data ? undefined : `ours ${mine}; theirs ${other}`;
  }
  if (ours.data.resultType !== theirs.data.resultType) {
    return `ours is a ${ours.data.resultType}, theirs a ${theirs.data.resultType}`;
  }
  const [mine, others] = [bySeries(ours.data.result), bySeries(theirs.data.result)];
  const names = [...new Set([...mine.keys(), ...others.keys()])].sort();
  for (const name of names) {
    const difference = pointsDifference(mine.get(name), others.get(name), tolerance);
    if (difference !== undefined) {
      return `${name}: ${difference}`;
    }
  }
  return undefined;
}

/** Points by the text of their series' labels. A scalar is a series without any. */
function bySeries(result: unknown): Map<string, readonly Point[]> {
  if (!isSeriesList(result)) {
    return new Map([['{}', [result as Point]]]);
  }
  return new Map(
    result.map(({ metric, value, values }) => [
      JSON.stringify(Object.fromEntries(Object.entries(metric).sort(([a], [b]) => (a < b ? -1 : 1)))),
      values ?? (value === undefined ? [] : [value]),
    ]),
  );
}

function isSeriesList(result: unknown): result is readonly Series[] {
  return Array.isArray(result) && typeof result[0] !== 'number';
}

function pointsDifference(
  ours: readonly Point[] | undefined,
  theirs: readonly Point[] | undefined,
  tolerance: number,
): string | undefined {
  if (ours === undefined || theirs === undefined) {
    return `only ${ours === undefined ? 'theirs' : 'ours'} has the series`;
  }
  const at = ours.findIndex((point, index) => !isSamePoint(point, theirs[index], tolerance));
  if (at >= 0) {
    return `point ${at} is ${JSON.stringify(ours[at])}, theirs ${JSON.stringify(theirs[at])}`;
  }
  return ours.length === theirs.length ? undefined : `${ours.length} points, theirs ${theirs.length}`;
}

function isSamePoint(ours: Point, theirs: Point | undefined, tolerance: number): boolean {
  if (theirs === undefined || ours[0] !== theirs[0]) {
    return false;
  }
  return ours[1] === theirs[1] || isClose(Number(ours[1]), Number(theirs[1]), tolerance);
}

/** Not of infinities, which `Number` does not read as Prometheus writes them. */
function isClose(a: number, b: number, tolerance: number): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}
