import type { IngestCountsAnswer, Signal } from '@aegisguard/model';

/** Why records of a key were refused. */
export interface Refusal {
  readonly outcome: string;
  readonly advice: string | null;
  readonly signal: Signal;
  readonly requests: number;
  readonly records: number;
  /** Unix ms of the last step in which it happened. */
  readonly lastMs: number;
}

/** What has come with a key lately. */
export interface Arrival {
  /** Records that were accepted, by signal. */
  readonly accepted: readonly { readonly signal: Signal; readonly records: number }[];
  /** Unix ms of the last step in which something was accepted. */
  readonly lastAcceptedMs: number | undefined;
  /** The most frequent first. */
  readonly refusals: readonly Refusal[];
  /** Something was accepted, but whatever came in later steps was refused. */
  readonly hasStopped: boolean;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function lastStepOf(counts: readonly number[]): number {
  return counts.findLastIndex((count) => count > 0);
}

/** What the counts say about one key, whatever protocols it is used with. */
export function arrivalOf({ rows, start, stepMs }: IngestCountsAnswer, keyId: string): Arrival {
  const accepted = new Map<Signal, number>();
  const refusals = new Map<string, Refusal>();
  let lastStep = -1;
  let lastRefusedStep = -1;
  for (const { signal, outcome, advice, ...row } of rows.filter((each) => each.keyId === keyId)) {
    const records = sum(row.records);
    if (outcome === 'accepted') {
      if (records > 0) {
        accepted.set(signal, (accepted.get(signal) ?? 0) + records);
        lastStep = Math.max(lastStep, lastStepOf(row.records));
      }
      continue;
    }
    const step = Math.max(lastStepOf(row.requests), lastStepOf(row.records));
    if (step < 0) {
      continue;
    }
    lastRefusedStep = Math.max(lastRefusedStep, step);
    const name = `${signal} ${outcome}`;
    const before = refusals.get(name);
    refusals.set(name, {
      outcome,
      advice,
      signal,
      requests: sum(row.requests) + (before?.requests ?? 0),
      records: records + (before?.records ?? 0),
      lastMs: Math.max(start + step * stepMs, before?.lastMs ?? 0),
    });
  }
  return {
    accepted: [...accepted].map(([signal, records]) => ({ signal, records })),
    lastAcceptedMs: lastStep < 0 ? undefined : start + lastStep * stepMs,
    refusals: [...refusals.values()].sort((a, b) => Math.max(b.requests, b.records) - Math.max(a.requests, a.records)),
    hasStopped: lastStep >= 0 && lastRefusedStep > lastStep,
  };
}
