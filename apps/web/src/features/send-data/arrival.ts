import type { IngestCountsAnswer, Signal } from '@aegisguard/model';

/** Why records of a key were refused. */
export interface Refusal {
  readonly outcome: string;
  readonly advice: string | null;
  readonly signal: Signal;
  readonly requests: number;
  readonly records: number;
}

/** What has come with a key lately. */
export interface Arrival {
  /** Records that were accepted, by signal. */
  readonly accepted: readonly { readonly signal: Signal; readonly records: number }[];
  /** Unix ms of the last step in which something was accepted. */
  readonly lastAcceptedMs: number | undefined;
  /** The most frequent first. */
  readonly refusals: readonly Refusal[];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** What the counts say about one key. */
export function arrivalOf({ rows, start, stepMs }: IngestCountsAnswer, keyId: string): Arrival {
  const accepted = new Map<Signal, number>();
  const refusals: Refusal[] = [];
  let lastStep = -1;
  for (const row of rows) {
    if (row.keyId !== keyId) {
      continue;
    }
    const records = sum(row.records);
    if (row.outcome !== 'accepted') {
      const { outcome, advice, signal } = row;
      const requests = sum(row.requests);
      if (requests + records > 0) {
        refusals.push({ outcome, advice, signal, requests, records });
      }
    } else if (records > 0) {
      accepted.set(row.signal, (accepted.get(row.signal) ?? 0) + records);
      lastStep = Math.max(
        lastStep,
        row.records.findLastIndex((count) => count > 0),
      );
    }
  }
  return {
    accepted: [...accepted].map(([signal, records]) => ({ signal, records })),
    lastAcceptedMs: lastStep < 0 ? undefined : start + lastStep * stepMs,
    refusals: refusals.toSorted((a, b) => Math.max(b.requests, b.records) - Math.max(a.requests, a.records)),
  };
}
