import type { IngestCountsAnswer, IngestProtocol, Signal } from '@aegisguard/model';
import type { KindHistogram } from '../../charts/prepare/stacked-bars.ts';

/** What the chart stacks: accepted records by signal, and all that was refused. */
export type IngestKind = Signal | 'refused';

/** What one key sent by one protocol. */
export interface SenderRow {
  readonly id: string;
  readonly keyId: string;
  /** Null when the key does not exist any more. */
  readonly keyName: string | null;
  readonly signal: Signal;
  readonly protocol: IngestProtocol;
  readonly accepted: number;
  readonly bytes: number;
  readonly refused: number;
  /** Accepted records a second over the whole span. */
  readonly perSecond: number;
  /** Unix ms of the last step in which anything came. */
  readonly lastMs: number | undefined;
}

/** Why records of one key were dropped. */
export interface DropRow {
  readonly id: string;
  readonly outcome: string;
  readonly advice: string | null;
  readonly keyId: string;
  readonly keyName: string | null;
  readonly signal: Signal;
  readonly protocol: IngestProtocol;
  readonly requests: number;
  readonly records: number;
  readonly lastMs: number | undefined;
}

/** An answer as the page shows it. */
export interface IngestSummary {
  readonly histogram: KindHistogram<IngestKind>;
  /** Whoever sends most first. */
  readonly senders: readonly SenderRow[];
  /** Whatever is dropped most first. */
  readonly drops: readonly DropRow[];
  /** Without any filter: is there anything at all? */
  readonly isEmpty: boolean;
}

type Row = IngestCountsAnswer['rows'][number];

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** A refused request whose records nobody counted is shown as one. */
function refusedPerStep(row: Row): number[] {
  return row.requests.map((requests, step) => Math.max(requests, row.records[step] ?? 0));
}

function addInto(sums: number[], numbers: readonly number[]): void {
  for (const [step, number] of numbers.entries()) {
    sums[step] = (sums[step] ?? 0) + number;
  }
}

function lastOf(row: Row, { start, stepMs }: IngestCountsAnswer): number | undefined {
  const step = row.requests.findLastIndex((count, index) => count > 0 || (row.records[index] ?? 0) > 0);
  return step < 0 ? undefined : start + step * stepMs;
}

function histogramOf({ start, end, stepMs }: IngestCountsAnswer, rows: readonly Row[]): KindHistogram<IngestKind> {
  const bars = Math.max(0, Math.round((end - start) / stepMs));
  const kinds = new Map<IngestKind, number[]>();
  for (const row of rows) {
    const isAccepted = row.outcome === 'accepted';
    const kind = isAccepted ? row.signal : 'refused';
    const sums = kinds.get(kind) ?? new Array<number>(bars).fill(0);
    addInto(sums, isAccepted ? row.records : refusedPerStep(row));
    kinds.set(kind, sums);
  }
  return { start, stepMs, bars, kinds: [...kinds].map(([kind, counts]) => ({ kind, counts })) };
}

function sendersOf(answer: IngestCountsAnswer, rows: readonly Row[]): SenderRow[] {
  const seconds = Math.max(1, (answer.end - answer.start) / 1000);
  const senders = new Map<string, SenderRow>();
  for (const row of rows) {
    const { keyId, keyName, signal, protocol } = row;
    const id = [keyId, signal, protocol].join(' ');
    const before = senders.get(id);
    const isAccepted = row.outcome === 'accepted';
    const accepted = (before?.accepted ?? 0) + (isAccepted ? sum(row.records) : 0);
    const lastMs = Math.max(before?.lastMs ?? -1, lastOf(row, answer) ?? -1);
    senders.set(id, {
      id,
      keyId,
      keyName,
      signal,
      protocol,
      accepted,
      bytes: (before?.bytes ?? 0) + (isAccepted ? sum(row.bytes) : 0),
      refused: (before?.refused ?? 0) + (isAccepted ? 0 : sum(refusedPerStep(row))),
      perSecond: accepted / seconds,
      lastMs: lastMs < 0 ? undefined : lastMs,
    });
  }
  return [...senders.values()].toSorted((a, b) => b.accepted - a.accepted || b.refused - a.refused);
}

function dropsOf(answer: IngestCountsAnswer, rows: readonly Row[]): DropRow[] {
  return rows
    .filter(({ outcome }) => outcome !== 'accepted')
    .map((row) => ({
      id: [row.keyId, row.signal, row.protocol, row.outcome].join(' '),
      outcome: row.outcome,
      advice: row.advice,
      keyId: row.keyId,
      keyName: row.keyName,
      signal: row.signal,
      protocol: row.protocol,
      requests: sum(row.requests),
      records: sum(row.records),
      lastMs: lastOf(row, answer),
    }))
    .toSorted((a, b) => Math.max(b.records, b.requests) - Math.max(a.records, a.requests));
}

/** Puts an answer together for the page, under the filters of its view. */
export function summarize(
  answer: IngestCountsAnswer,
  filter: { readonly signal: Signal | undefined; readonly keyId: string | undefined },
): IngestSummary {
  const rows = answer.rows.filter(
    ({ signal, keyId }) =>
      (filter.signal === undefined || signal === filter.signal) &&
      (filter.keyId === undefined || keyId === filter.keyId),
  );
  return {
    histogram: histogramOf(answer, rows),
    senders: sendersOf(answer, rows),
    drops: dropsOf(answer, rows),
    isEmpty: answer.rows.length === 0,
  };
}
