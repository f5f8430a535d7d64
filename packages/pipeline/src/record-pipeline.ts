import type { JsonObject } from '@aegisguard/model';
import type { Stage, StageContext } from './stage.ts';

/** Names the stages that failed on a record, separated by commas. */
const PIPELINE_ERROR = 'aegis.pipeline_error';

/** A record that can say which stage failed on it. */
interface Annotated {
  attributes: JsonObject;
}

/** The normalizer over the records of one signal: stages in order, each record through all of them. */
export interface RecordPipeline<Row> {
  /** Changes the records in place. Never throws for what a stage does: the record is kept and says which stage failed. */
  run(records: readonly Row[], context: StageContext): void;
}

/** One stage over one record; a failure must not cost the record, nor the stages after it. */
function applyStage<Row extends Annotated>(stage: Stage<Row>, record: Row, context: StageContext): void {
  try {
    stage.apply(record, context);
  } catch {
    const earlier = record.attributes[PIPELINE_ERROR];
    record.attributes[PIPELINE_ERROR] = typeof earlier === 'string' ? `${earlier},${stage.name}` : stage.name;
  }
}

/** Puts stages together in the order given. */
export function createRecordPipeline<Row extends Annotated>(stages: readonly Stage<Row>[]): RecordPipeline<Row> {
  return {
    run(records, context) {
      if (stages.length === 0) {
        return;
      }
      for (const record of records) {
        for (const stage of stages) {
          applyStage(stage, record, context);
        }
      }
    },
  };
}
