// https://grafana.com/docs/loki/latest/send-data/promtail/stages/pack/
import { type JsonObject, nanosFromMs, type StepOf, setMember } from '@aegisguard/model';
import type { CompiledStep } from '../rule-run.ts';
import { valueText } from '../value-text.ts';

const ENTRY = '_entry';
const ESCAPED = /[<>&\u2028\u2029]/g;

/** Puts labels and values into the message beside what it was; labels leave the stream. */
export function packStep({ labels, ingestTimestamp }: StepOf<'pack'>): CompiledStep {
  return (entry, run) => {
    const packed = new Map<string, string>();
    for (const name of labels) {
      const extracted = entry.values.get(name);
      const isScalar = typeof extracted !== 'object';
      const value = entry.label(name) ?? (isScalar ? valueText(extracted) : undefined);
      if (value !== undefined) {
        packed.set(name, value);
      }
    }
    const members: JsonObject = {};
    for (const name of [...packed.keys()].sort()) {
      setMember(members, name, packed.get(name) ?? '');
      entry.dropLabel(name);
    }
    members[ENTRY] = entry.record.message;
    const text = JSON.stringify(members).replace(ESCAPED, escaped);
    run.budget.spend(text.length);
    entry.setMessage(text);
    if (ingestTimestamp) {
      entry.record.timestamp = nanosFromMs(run.receivedAtMs);
    }
  };
}

/** As Go writes them in JSON. */
function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
