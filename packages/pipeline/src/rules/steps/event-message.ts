// https://grafana.com/docs/loki/latest/send-data/promtail/stages/eventlogmessage/
import type { StepOf } from '@aegisguard/model';
import type { CompiledStep } from '../rule-run.ts';
import { keepValue } from '../store-values.ts';

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** The `Name: value` lines of a Windows event. Lines without a colon are left out. */
export function eventMessageStep({ source, dropInvalid, overwrite, store }: StepOf<'event-message'>): CompiledStep {
  return (entry, run) => {
    for (const line of (entry.text(source) ?? '').split('\r\n')) {
      const colon = line.indexOf(':');
      const sent = line.slice(0, Math.max(0, colon)).trim();
      const value = line.slice(colon + 1).trim();
      if (colon < 0 || (dropInvalid && !LABEL_NAME.test(sent))) {
        continue;
      }
      const name = labelNameOf(sent);
      keepValue(entry, run, !overwrite && entry.values.has(name) ? `${name}_extracted` : name, value, store);
    }
  };
}

/** A name made one of a label: what may not stand there becomes `_`. */
function labelNameOf(name: string): string {
  return name === '' ? '_' : name.replace(/^[^a-zA-Z_]|[^a-zA-Z0-9_]/g, '_');
}
