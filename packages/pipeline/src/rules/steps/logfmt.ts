// https://grafana.com/docs/loki/latest/send-data/promtail/stages/logfmt/
import type { StepOf } from '@aegisguard/model';
import { readLogfmt } from '../read-logfmt.ts';
import type { CompiledStep } from '../rule-run.ts';
import { keepValue } from '../store-values.ts';

/** Values of the pairs that are asked for, or of all. */
export function logfmtStep({ source, mapping, store }: StepOf<'logfmt'>): CompiledStep {
  const nameOfKey = new Map<string, string[]>();
  for (const [name, key] of Object.entries(mapping)) {
    const from = key === '' ? name : key;
    nameOfKey.set(from, [...(nameOfKey.get(from) ?? []), name]);
  }
  return (entry, run) => {
    const text = entry.text(source);
    for (const [key, value] of text === undefined ? [] : readLogfmt(text)) {
      for (const name of nameOfKey.size === 0 ? [key] : (nameOfKey.get(key) ?? [])) {
        keepValue(entry, run, name, value, store);
      }
    }
  };
}
