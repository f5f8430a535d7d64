import type { LogRecord } from '@aegisguard/model';
import type { LogStage, StageContext } from './stage.ts';

/** Names the stages that failed on a record, separated by commas. */
const PIPELINE_ERROR = 'aegis.pipeline_error';

/** The normalizer over logs: stages in order, each record through all of them. */
export interface LogPipeline {
  /** Changes the records in place. Never throws for what a stage does: the record is kept and says which stage failed. */
  run(records: readonly LogRecord[], context: StageContext): void;
}

/** One stage over one record; a failure must not cost the record, nor the stages after it. */
function applyStage(stage: LogStage, record: LogRecord, context: StageContext): void {
  try {
    stage.apply(record, context);
  } catch {
    const earlier = record.attributes[PIPELINE_ERROR];
    record.attributes[PIPELINE_ERROR] = typeof earlier === 'string' ? `${earlier},${stage.name}` : stage.name;
  }
}

/** Puts stages together in the order given. */
export function createLogPipeline(stages: readonly LogStage[]): LogPipeline {
  return {
    run(records, context) {
      for (const record of records) {
        for (const stage of stages) {
          applyStage(stage, record, context);
        }
      }
    },
  };
}
