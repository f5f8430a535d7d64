// https://grafana.com/docs/loki/latest/send-data/promtail/stages/output/
import type { StepOf } from '@aegisguard/model';
import type { CompiledStep } from '../rule-run.ts';

/** The value becomes the message; without one it stays. */
export function outputStep({ source }: StepOf<'output'>): CompiledStep {
  return (entry, run) => {
    const text = entry.text(source);
    if (text !== undefined) {
      run.budget.spend(text.length);
      entry.setMessage(text);
    }
  };
}
