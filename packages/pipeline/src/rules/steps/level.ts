import type { StepOf } from '@aegisguard/model';
import type { CompiledStep } from '../rule-run.ts';

/** The value is the record's level; what is none leaves it. */
export function levelStep({ source }: StepOf<'level'>): CompiledStep {
  return (entry) => {
    const text = entry.text(source);
    if (text !== undefined) {
      entry.setLevel(text);
    }
  };
}
