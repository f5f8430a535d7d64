import type { LogLine } from '@aegisguard/model';
import { compilePipeline, PRESERVE_ERROR_LABEL } from '../../pipeline/compile-pipeline.ts';
import type { LineLabels } from '../../pipeline/line-labels.ts';
import type { PipelineLine } from '../../pipeline/line-pipeline.ts';
import { compileUnwrap } from '../../pipeline/unwrap/compile-unwrap.ts';
import type { Grouping } from '../../syntax/ast/grouping.ts';
import type { RangeAggregation } from '../../syntax/ast/range-aggregation.ts';
import type { Stage } from '../../syntax/ast/stage.ts';
import { askedLabels, asksForErrors } from './asked-labels.ts';
import { pipelineError } from './pipeline-error.ts';

/** What a log is for a range aggregation. */
export interface LineSample {
  readonly value: number;
  readonly labels: LineLabels;
}

/** Makes samples of logs. */
export interface LineSampler {
  /** The sample of a log; undefined when it has none. Valid until the next call. Throws `query-not-runnable` where the pipeline failed for a log. */
  sample(log: LogLine): LineSample | undefined;
}

/** Makes an aggregation's logs ready to be samples; of its pipeline, `stages` are left to do. */
export function openSampler(
  aggregation: RangeAggregation,
  stages: readonly Stage[],
  grouping: Grouping | undefined,
): LineSampler {
  const neededLabels = askedLabels(aggregation.range, grouping);
  const pipeline = compilePipeline(stages, {
    asksForErrors: asksForErrors(aggregation.range, grouping),
    ...(neededLabels === undefined ? {} : { neededLabels }),
  });
  const readValue = lineValue(aggregation, grouping);
  return {
    sample(log) {
      const made = pipeline.process(log);
      const value = made === undefined ? undefined : readValue(made);
      if (made === undefined || value === undefined) {
        return;
      }
      const { labels } = made;
      if (labels.hasError && labels.get(PRESERVE_ERROR_LABEL) === undefined) {
        throw pipelineError(labels.ofSeries());
      }
      return { value, labels };
    },
  };
}

/** What of a line is added up. */
function lineValue(
  { operation, range: { unwrap } }: RangeAggregation,
  grouping: Grouping | undefined,
): (made: PipelineLine) => number | undefined {
  if (unwrap !== undefined) {
    const unwrapLabels = compileUnwrap(unwrap, grouping?.kind === 'by' && grouping.labels.includes(unwrap.label));
    return ({ labels }) => unwrapLabels(labels);
  }
  return operation === 'bytes_over_time' || operation === 'bytes_rate'
    ? ({ line }) => Buffer.byteLength(line)
    : () => 1;
}
