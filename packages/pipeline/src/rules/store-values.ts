import type { JsonValue } from '@aegisguard/model';
import type { RuleRun } from './rule-run.ts';
import type { WorkingEntry } from './working-entry.ts';

const LENGTH_OF_OTHERS = 16;

/** Keeps an extracted value, and as an attribute where the step says so; an empty one is no attribute. */
export function keepValue(
  entry: WorkingEntry,
  run: RuleRun,
  name: string,
  value: JsonValue,
  isAttribute: boolean,
): void {
  run.budget.spend(name.length + (typeof value === 'string' ? value.length : LENGTH_OF_OTHERS));
  entry.values.set(name, value);
  if (isAttribute && value !== '' && value !== null) {
    entry.setAttribute(name, value);
  }
}
