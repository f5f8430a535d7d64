import type { LogStage } from './stage.ts';
import { levels } from './stages/levels.ts';
import { traceIds } from './stages/trace-ids.ts';

/**
 * The stages that every log goes through, in this order. Decoding has settled the record's shape and its time; stages settle what the content means. To add one: its
 * file, test and samples in `stages/`, and its line here.
 */
export const LOG_STAGES: readonly LogStage[] = [levels, traceIds];
