import type { CallContext, FunctionImplementation } from '../../functions/function-implementation.ts';
import type { Evaluation } from '../evaluation.ts';
import { draftSeries, hasPoints, pointOf, setPoint } from '../series-draft.ts';
import type { Value, VectorSeries } from '../value.ts';

/** A function of one element: https://prometheus.io/docs/prometheus/latest/querying/functions/#abs */
export type SampleFunction = Extract<FunctionImplementation, { kind: 'sample' }>;

/** Calls a function for each element of the vector among its arguments. */
export async function callOverSamples(
  { turns }: Evaluation,
  implementation: SampleFunction,
  context: CallContext,
): Promise<Value> {
  const vector = context.values.find((value) => value.type === 'vector');
  const series: VectorSeries[] = [];
  for (const one of vector?.series ?? []) {
    const points = one.kinds.length;
    const draft = draftSeries(one.labels, one.dropsName || implementation.keepsName !== true, points);
    for (let point = 0; point < points; point += 1) {
      const element = pointOf(one, point);
      const result = element === undefined ? undefined : implementation.evaluate(element, point, context);
      if (result !== undefined) {
        setPoint(draft, point, result);
      }
    }
    if (hasPoints(draft)) {
      series.push(draft);
    }
    if (turns.isOver) {
      await turns.pass();
    }
  }
  return { type: 'vector', series };
}
