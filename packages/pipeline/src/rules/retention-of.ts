import type { LogRecord } from '@aegisguard/model';
import type { CompiledRetention } from './compile-pipelines.ts';
import type { RuleBudget } from './rule-budget.ts';
import { WorkingEntry } from './working-entry.ts';

/** The days of the first rule that finds the log; undefined where none does, or where finding it takes too long. */
export function retentionOf(
  rules: readonly CompiledRetention[],
  record: LogRecord,
  budget: RuleBudget,
): number | undefined {
  if (!budget.startRecord()) {
    return undefined;
  }
  const entry = new WorkingEntry(record);
  try {
    return rules.find(({ selects }) => {
      const isFound = selects(entry);
      budget.check();
      return isFound;
    })?.days;
  } catch {
    return undefined;
  }
}
