import type { IngestCount, IngestCountsAnswer } from '@aegisguard/model';
import type { CountGrid } from '../count-grid.ts';
import { adviceFor } from './outcome-advice.ts';

type Row = IngestCountsAnswer['rows'][number];

/** The counts of a grid as rows, one for each signal, protocol, key and outcome, in this order of their names. Counts outside the grid are not shown. */
export function countRows(
  counts: readonly Omit<IngestCount, 'orgId'>[],
  { startMs, stepMs, steps }: CountGrid,
  keyNames: ReadonlyMap<string, string>,
): Row[] {
  const rows = new Map<string, Row>();
  for (const { signal, protocol, keyId, outcome, minuteMs, requests, records, bytes } of counts) {
    const step = Math.floor((minuteMs - startMs) / stepMs);
    if (step < 0 || step >= steps) {
      continue;
    }
    const name = JSON.stringify([signal, protocol, keyId, outcome]);
    const row = rows.get(name) ?? {
      signal,
      protocol,
      keyId,
      keyName: keyNames.get(keyId) ?? null,
      outcome,
      advice: adviceFor(outcome),
      requests: new Array<number>(steps).fill(0),
      records: new Array<number>(steps).fill(0),
      bytes: new Array<number>(steps).fill(0),
    };
    rows.set(name, row);
    row.requests[step] = (row.requests[step] ?? 0) + requests;
    row.records[step] = (row.records[step] ?? 0) + records;
    row.bytes[step] = (row.bytes[step] ?? 0) + bytes;
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
