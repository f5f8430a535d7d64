// Windows of `anchored` and `smoothed` selectors: https://prometheus.io/docs/prometheus/latest/feature_flags/#extended-range-selectors
import type { RangeExtension } from '../../syntax/ast/vector-selector.ts';
import type { CallContext } from '../function-implementation.ts';

/** The samples that stand at a window's edges, by index. */
export interface EdgeSamples {
  /** The last at or before the window's start; without one, the first behind it. */
  readonly first: number;
  /** Anchored: the last in the window. Smoothed: the first at or behind its end; without one, the last. */
  readonly last: number;
}

/** How the function's range is extended. */
export function extensionOf({ values }: CallContext): RangeExtension | undefined {
  const range = values.find(({ type }) => type === 'matrix');
  return range?.type === 'matrix' ? range.extension : undefined;
}

/** Finds the edges among samples `from` to before `to` at ascending times; undefined when none of them tells anything about (startMs, endMs]. */
export function edgeSamples(
  timeAt: (index: number) => number,
  from: number,
  to: number,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  extension: RangeExtension,
): EdgeSamples | undefined {
  let last = to - 1;
  let behindStart = from;
  for (; behindStart < last && timeAt(behindStart) <= startMs; behindStart += 1);
  const first = Math.max(from, behindStart - 1);
  if (extension === 'smoothed') {
    let atEnd = from;
    for (; atEnd < last && timeAt(atEnd) < endMs; atEnd += 1);
    last = atEnd;
  }
  if (to <= from || timeAt(last) <= startMs || (extension === 'smoothed' && timeAt(first) > endMs)) {
    return undefined;
  }
  return { first, last };
}
