import type { VectorMatching } from '../../syntax/ast/binary-operation.ts';
import { POINT, type VectorSeries } from '../value.ts';
import { matchSignature } from './match-signature.ts';

/** A series and its place in its vector. */
export interface PlacedSeries {
  readonly series: VectorSeries;
  readonly place: number;
}

/** What of both sides matches each other. */
export interface MatchGroup {
  readonly many: PlacedSeries[];
  readonly one: PlacedSeries[];
}

/** Two vectors divided into groups that match, in the order of the many side and then of the one side. */
export function matchGroups(
  matching: VectorMatching,
  many: readonly VectorSeries[],
  one: readonly VectorSeries[],
): MatchGroup[] {
  const signature = matchSignature(matching);
  const groups = new Map<string, MatchGroup>();
  const groupOf = ({ labels }: VectorSeries): MatchGroup => {
    const key = signature(labels);
    const group = groups.get(key) ?? { many: [], one: [] };
    groups.set(key, group);
    return group;
  };
  for (const [place, series] of many.entries()) {
    groupOf(series).many.push({ series, place });
  }
  for (const [place, series] of one.entries()) {
    groupOf(series).one.push({ series, place });
  }
  return [...groups.values()];
}

/** At which points a vector has any element. */
export function presence(vector: readonly VectorSeries[], points: number): Uint8Array {
  const there = new Uint8Array(points);
  for (const { kinds } of vector) {
    for (let point = 0; point < points; point += 1) {
      if (kinds[point] !== POINT.absent) {
        there[point] = 1;
      }
    }
  }
  return there;
}
