import type { LineLabels } from './line-labels.ts';

/** A log on its way through a pipeline; one object serves all logs. */
export interface LineState {
  /** Unix nanoseconds. */
  timestamp: bigint;
  line: string;
  readonly labels: LineLabels;
}

/** A stage made ready. It never throws, whatever the line, and takes time that grows linearly with it. */
export interface LineStage {
  /** Changes the log; false drops it. */
  run(state: LineState): boolean;
}
