// https://prometheus.io/docs/prometheus/latest/querying/operators/#logical-set-binary-operators
import type { VectorMatching } from '../../syntax/ast/binary-operation.ts';
import type { Evaluation } from '../evaluation.ts';
import { hasPoints } from '../series-draft.ts';
import { uniteSeries } from '../unite-series.ts';
import { POINT, type Value, type VectorSeries } from '../value.ts';
import { matchSignature } from './match-signature.ts';

/** The set operators, at each point: what of the left side has a match, or has none, or all of it with what of the right side has none. */
export async function combineSets(
  { turns }: Evaluation,
  op: 'and' | 'or' | 'unless',
  matching: VectorMatching,
  left: readonly VectorSeries[],
  right: readonly VectorSeries[],
): Promise<Value> {
  const signature = matchSignature(matching);
  const [filtered, other] = op === 'or' ? [right, left] : [left, right];
  const there = presenceOf(other, signature);
  const series: VectorSeries[] = op === 'or' ? [...left] : [];
  for (const one of filtered) {
    const kept = onlyWhere(one, there.get(signature(one.labels)), op === 'and');
    if (hasPoints(kept)) {
      series.push(kept);
    }
    if (turns.isOver) {
      await turns.pass();
    }
  }
  return { type: 'vector', series: op === 'or' ? uniteSeries(series) : series };
}

/** By signature at which points there is any element. */
function presenceOf(
  vector: readonly VectorSeries[],
  signature: (labels: VectorSeries['labels']) => string,
): Map<string, Uint8Array> {
  const presence = new Map<string, Uint8Array>();
  for (const { labels, kinds } of vector) {
    const key = signature(labels);
    const there = presence.get(key);
    if (there === undefined) {
      presence.set(key, kinds.slice());
      continue;
    }
    for (let point = 0; point < kinds.length; point += 1) {
      there[point] = (there[point] ?? 0) | (kinds[point] ?? 0);
    }
  }
  return presence;
}

/** The series at the points where a match is there, or where none is. */
function onlyWhere(series: VectorSeries, there: Uint8Array | undefined, isWanted: boolean): VectorSeries {
  if (there === undefined && !isWanted) {
    return series;
  }
  const kinds = new Uint8Array(series.kinds.length);
  for (let point = 0; point < kinds.length; point += 1) {
    if (((there?.[point] ?? POINT.absent) !== POINT.absent) === isWanted) {
      kinds[point] = series.kinds[point] ?? POINT.absent;
    }
  }
  return { ...series, kinds };
}
