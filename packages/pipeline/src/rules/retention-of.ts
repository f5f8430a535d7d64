import type { LogRecord } from '@aegisguard/model';
import type { CompiledRetention } from './compile-pipelines.ts';
import { WorkingEntry } from './working-entry.ts';

/** The days of the first rule that finds the log; undefined where none does. A selector that cannot be applied finds nothing. */
export function retentionOf(rules: readonly CompiledRetention[], record: LogRecord): number | undefined {
  if (rules.length === 0) {
    return undefined;
  }
  const entry = new WorkingEntry(record);
  return rules.find(({ selects }) => {
    try {
      return selects(entry);
    } catch {
      return false;
    }
  })?.days;
}
