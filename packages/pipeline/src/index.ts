export { createLogPipeline, type LogPipeline } from './log-pipeline.ts';
export { LOG_STAGES } from './log-stages.ts';
export type { LogStage, StageContext } from './stage.ts';
