// https://grafana.com/docs/loki/latest/send-data/promtail/stages/structured_metadata/
import type { StepOf } from '@aegisguard/model';
import type { CompiledStep } from '../rule-run.ts';
import { valueText } from '../value-text.ts';

/** Attributes get the values that were extracted; what is only a label of a Loki stream moves. */
export function attributesStep({ attributes }: StepOf<'attributes'>): CompiledStep {
  const sources = Object.entries(attributes).map(([name, from]) => [name, from === '' ? name : from] as const);
  return (entry) => {
    for (const [name, from] of sources) {
      const extracted = valueText(entry.values.get(from));
      const value = extracted ?? valueText(entry.field(from));
      if (value === undefined) {
        continue;
      }
      if (extracted === undefined && entry.isPushed) {
        entry.dropLabel(from);
      }
      entry.setMetadata(name, value);
    }
  };
}

/** Takes attributes away, and values of their names. */
export function dropAttributesStep({ names }: StepOf<'drop-attributes'>): CompiledStep {
  return (entry) => {
    for (const name of names) {
      entry.values.delete(name);
      entry.dropAttribute(name);
    }
  };
}
