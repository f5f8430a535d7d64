export type { LogStage, StageContext } from './stage.ts';
