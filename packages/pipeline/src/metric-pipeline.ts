import type { MetricBatch } from '@aegisguard/model';
import type { MetricStage, StageContext } from './stage.ts';

/** The normalizer over batches of metrics. */
export interface MetricPipeline {
  /**
   * Changes the batch in place. A sample has no attributes to note a failure in, so a stage that fails costs the batch its turn: the error names the stage, and the batch waits among the dead letters
   * until it is mended.
   */
  run(batch: MetricBatch, context: StageContext): void;
}

/** Puts stages together in the order given. */
export function createMetricPipeline(stages: readonly MetricStage[]): MetricPipeline {
  return {
    run(batch, context) {
      for (const stage of stages) {
        try {
          stage.apply(batch, context);
        } catch (cause) {
          throw new Error(`the stage ${stage.name} failed`, { cause });
        }
      }
    },
  };
}
