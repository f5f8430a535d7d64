import type { StepOf } from '@aegisguard/model';
import { attributeAt } from '../attribute-paths.ts';
import type { CompiledStep } from '../rule-run.ts';

/** Gives values, labels and attributes other names; what is not there is left out. */
export function renameStep({ names }: StepOf<'rename'>): CompiledStep {
  const pairs = Object.entries(names);
  return (entry) => {
    for (const [to, from] of pairs) {
      const value = entry.values.get(from);
      if (value !== undefined) {
        entry.values.delete(from);
        entry.values.set(to, value);
      }
      const attribute = attributeAt(entry.record.attributes, from);
      const label = entry.label(from);
      if (attribute !== undefined) {
        entry.dropAttribute(from);
        entry.setAttribute(to, attribute);
      } else if (label !== undefined) {
        entry.dropLabel(from);
        entry.setLabel(to, label);
      }
    }
  };
}
