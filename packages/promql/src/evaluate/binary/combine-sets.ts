// https://prometheus.io/docs/prometheus/latest/querying/operators/#logical-set-binary-operators
import type { VectorMatching } from '../../syntax/ast/binary-operation.ts';
import { hasPoints } from '../series-draft.ts';
import { uniteSeries } from '../unite-series.ts';
import { POINT, type Value, type VectorSeries } from '../value.ts';
import { matchSignature } from './match-signature.ts';

/** The set operators, at each point: what of the left side has a match, or has none, or all of it with what of the right side has none. */
export function combineSets(
  op: 'and' | 'or' | 'unless',
  matching: VectorMatching,
  left: readonly VectorSeries[],
  right: readonly VectorSeries[],
  points: number,
): Value {
  const signature = matchSignature(matching);
  if (op === 'or') {
    const there = presenceOf(left, signature, points);
    const added = right.map((series) => onlyWhere(series, there.get(signature(series.labels)), 'absent'));
    return { type: 'vector', series: uniteSeries([...left, ...added.filter(hasPoints)]) };
  }
  const there = presenceOf(right, signature, points);
  const wanted = op === 'and' ? 'present' : 'absent';
  const series = left.map((one) => onlyWhere(one, there.get(signature(one.labels)), wanted));
  return { type: 'vector', series: series.filter(hasPoints) };
}

/** By signature at which points there is any element. */
function presenceOf(
  vector: readonly VectorSeries[],
  signature: (labels: VectorSeries['labels']) => string,
  points: number,
): Map<string, Uint8Array> {
  const presence = new Map<string, Uint8Array>();
  for (const { labels, kinds } of vector) {
    const key = signature(labels);
    const there = presence.get(key) ?? new Uint8Array(points);
    presence.set(key, there);
    for (let point = 0; point < points; point += 1) {
      there[point] = (there[point] ?? 0) | (kinds[point] ?? 0);
    }
  }
  return presence;
}

function onlyWhere(series: VectorSeries, there: Uint8Array | undefined, wanted: 'present' | 'absent'): VectorSeries {
  if (there === undefined) {
    return wanted === 'absent' ? series : { ...series, kinds: new Uint8Array(series.kinds.length) };
  }
  const isWanted = (point: number): boolean => ((there[point] ?? 0) !== 0) === (wanted === 'present');
  return { ...series, kinds: series.kinds.map((kind, point) => (isWanted(point) ? kind : POINT.absent)) };
}
