// https://prometheus.io/docs/prometheus/latest/querying/functions/#scalar, #vector, #pi, #max_of and #min_of
import { POINT, type VectorSeries } from '../../evaluate/value.ts';
import { scalarOf, vectorOf } from '../call-arguments.ts';
import { floatSeries } from '../float-series.ts';
import type { FunctionImplementation, Implementations } from '../function-implementation.ts';
import { greaterOf, lesserOf } from '../greater-and-lesser.ts';

/** The one float of a vector at each point; NaN where there is none, or another one. */
function onlyFloats(vector: readonly VectorSeries[], points: number): Float64Array {
  const only = new Float64Array(points).fill(Number.NaN);
  const found = new Uint8Array(points);
  for (const { kinds, values } of vector) {
    for (let point = 0; point < points; point += 1) {
      if (kinds[point] === POINT.float) {
        only[point] = found[point] === 0 ? (values[point] ?? Number.NaN) : Number.NaN;
        found[point] = 1;
      }
    }
  }
  return only;
}

function ofTwoScalars(evaluate: (a: number, b: number) => number): FunctionImplementation {
  return {
    kind: 'whole',
    evaluate: (context) => ({
      type: 'scalar',
      values: context.pointsMs.map((_, point) => evaluate(scalarOf(context, 0, point), scalarOf(context, 1, point))),
    }),
  };
}

/** What takes or gives a scalar. */
export const SCALAR_FUNCTIONS = {
  scalar: {
    kind: 'whole',
    evaluate: (context) => ({
      type: 'scalar',
      values: onlyFloats(vectorOf(context, 0), context.pointsMs.length),
    }),
  },
  vector: {
    kind: 'whole',
    evaluate: (context) => ({
      type: 'vector',
      series: [floatSeries([], false, context.pointsMs.length, (point) => scalarOf(context, 0, point))],
    }),
  },
  pi: {
    kind: 'whole',
    evaluate: ({ pointsMs }) => ({ type: 'scalar', values: new Float64Array(pointsMs.length).fill(Math.PI) }),
  },
  max_of: ofTwoScalars(greaterOf),
  min_of: ofTwoScalars(lesserOf),
} as const satisfies Implementations;
