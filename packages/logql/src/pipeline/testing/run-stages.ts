import type { LabelValues, LogLabels } from '@aegisguard/model';
import type { Stage } from '../../syntax/ast/stage.ts';
import { compilePipeline } from '../compile-pipeline.ts';

/** What becomes of a line: its text and all labels; undefined when it is dropped. */
export interface StageResult {
  readonly line: string;
  readonly labels: LabelValues;
}

/** Labels of a log as it was pushed. */
export function pushedLabels(stream: LabelValues = {}, metadata: LabelValues = {}): LogLabels {
  return { stream, metadata, derived: {}, isPushed: true };
}

/** Runs stages over one line. */
export function runStages(
  stages: readonly Stage[],
  line: string,
  labels: LogLabels = pushedLabels(),
): StageResult | undefined {
  const result = compilePipeline(stages).process({ timestamp: 0n, line, labels });
  return result && { line: result.line, labels: result.labels.all() };
}
