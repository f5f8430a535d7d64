import { vectorOf } from '../../functions/call-arguments.ts';
import type { CallContext, FunctionImplementation } from '../../functions/function-implementation.ts';
import type { Evaluation } from '../evaluation.ts';
import { uniteSeries } from '../unite-series.ts';
import type { Value, VectorSeries } from '../value.ts';

/** Calls a function that gives each series another label. A regular expression over long values takes its time, so others get their turns in between. */
export async function callOverLabels(
  { turns }: Evaluation,
  implementation: Extract<FunctionImplementation, { kind: 'labels' }>,
  context: CallContext,
): Promise<Value> {
  const relabel = implementation.prepare(context);
  const series: VectorSeries[] = [];
  for (const one of vectorOf(context, 0)) {
    series.push(relabel(one));
    if (turns.isOver) {
      await turns.pass();
    }
  }
  return { type: 'vector', series: uniteSeries(series) };
}
