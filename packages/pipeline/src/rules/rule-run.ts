import type { UnixNanos } from '@aegisguard/model';
import type { RuleBudget } from './rule-budget.ts';
import type { WorkingEntry } from './working-entry.ts';

/** What the rules of an organization know of the batch that they work on. */
export interface RuleRun {
  readonly batchId: string;
  readonly receivedAtMs: number;
  /** Days that the organization keeps logs, so the oldest time that a log may have. */
  readonly retentionDays: number;
  readonly budget: RuleBudget;
  /** By step and stream: the last time that was read, of which one that cannot be read is made. */
  readonly lastTimes: Map<object, Map<string, UnixNanos>>;
}

/** A step made ready. It changes the entry; what it throws takes back all that its rule did to the record. */
export type CompiledStep = (entry: WorkingEntry, run: RuleRun) => void;
