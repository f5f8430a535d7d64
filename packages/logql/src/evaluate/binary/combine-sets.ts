import type { VectorMatching } from '../../syntax/ast/binary-operation.ts';
import type { Evaluation } from '../evaluation.ts';
import { uniteSeries } from '../unite-series.ts';
import { hasPoints, type VectorSeries } from '../value.ts';
import { matchSignature } from './match-signature.ts';

/** The set operators, at each point: what of the left side has a match, or has none, or all of it with what of the right side has none. */
export async function combineSets(
  { turns }: Evaluation,
  op: 'and' | 'or' | 'unless',
  matching: VectorMatching,
  left: readonly VectorSeries[],
  right: readonly VectorSeries[],
): Promise<VectorSeries[]> {
  const signature = matchSignature(matching);
  const [filtered, other] = op === 'or' ? [right, left] : [left, right];
  const there = presenceOf(other, signature);
  const series: VectorSeries[] = op === 'or' ? [...left] : [];
  for (const one of filtered) {
    const kept = onlyWhere(one, there.get(signature(one.labels)), op === 'and');
    if (hasPoints(kept)) {
      series.push(kept);
    }
    await turns.pass();
  }
  return op === 'or' ? uniteSeries(series) : series;
}

/** By signature at which points there is any value. */
function presenceOf(
  vector: readonly VectorSeries[],
  signature: (labels: VectorSeries['labels']) => string,
): Map<string, Uint8Array> {
  const presence = new Map<string, Uint8Array>();
  for (const { labels, present } of vector) {
    const key = signature(labels);
    const there = presence.get(key);
    if (there === undefined) {
      presence.set(key, present.slice());
      continue;
    }
    for (let point = 0; point < present.length; point += 1) {
      there[point] = (there[point] ?? 0) | (present[point] ?? 0);
    }
  }
  return presence;
}

/** The series at the points where a match is there, or where none is. */
function onlyWhere(series: VectorSeries, there: Uint8Array | undefined, isWanted: boolean): VectorSeries {
  const present = series.present.map((isPresent, point) =>
    Number(isPresent === 1 && (there?.[point] === 1) === isWanted),
  );
  return { ...series, present };
}
