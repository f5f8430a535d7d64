import type { CompiledStep, RuleRun } from './rule-run.ts';
import type { WorkingEntry } from './working-entry.ts';

/** Steps one after the other, until one drops the log. */
export function runSteps(steps: readonly CompiledStep[], entry: WorkingEntry, run: RuleRun): void {
  for (const step of steps) {
    step(entry, run);
    run.budget.check();
    if (entry.dropped !== undefined) {
      return;
    }
  }
}
