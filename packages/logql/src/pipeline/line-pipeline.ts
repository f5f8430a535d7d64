import type { LogLine } from '@aegisguard/model';
import type { LineLabels } from './line-labels.ts';

/** What a pipeline makes of a log. */
export interface PipelineLine {
  readonly line: string;
  readonly labels: LineLabels;
}

/** Stages made ready to run over logs, one after the other. */
export interface LinePipeline {
  /** The log as the pipeline leaves it; undefined when a filter drops it. Valid until the next call. */
  process(log: LogLine): PipelineLine | undefined;
}
