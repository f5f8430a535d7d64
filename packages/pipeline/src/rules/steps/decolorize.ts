import { compilePipeline } from '@aegisguard/logql';
import type { LogLabels } from '@aegisguard/model';
import type { CompiledStep } from '../rule-run.ts';

const NO_LABELS: LogLabels = { stream: {}, metadata: {}, derived: {}, isPushed: false };

/** Takes colours out of the message, as LogQL's stage does. */
export function decolorizeStep(): CompiledStep {
  const pipeline = compilePipeline([{ kind: 'decolorize' }]);
  return ({ record }) => {
    const { message, timestamp } = record;
    record.message = pipeline.process({ timestamp, line: message, labels: NO_LABELS })?.line ?? message;
  };
}
