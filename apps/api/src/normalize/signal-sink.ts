import type { OrgId } from '@aegisguard/model';
import type { EncodedBatch, EncodedMetricBatch, MetricStore, RecordStore } from '@aegisguard/storage';
import { freeMemory } from '../platform/free-memory.ts';
import type { IngestCounter } from '../platform/ingest-counter.ts';
import { countLoss } from './count-loss.ts';
import type { GroupMember } from './insert-group.ts';

/** How much a batch is. One without rows may still have something to store. */
interface BatchSize {
  readonly rowCount: number;
  readonly byteCount: number;
  readonly isEmpty: boolean;
}

/** Where one signal's rows go, and how a batch that may have been written before is made harmless. */
export interface SignalSink<Batch> {
  sizeOf(batch: Batch): BatchSize;
  /** Inserts a group. When it throws, an unknown part is stored. */
  insert(members: readonly GroupMember<Batch>[]): Promise<void>;
  /** Which records of a batch are stored; undefined where rows are named so that writing them again changes nothing. */
  readonly storedIndexes: ((orgId: OrgId, batchId: string) => Promise<ReadonlySet<number>>) | undefined;
  /** Gives the memory of a batch back that is stored and acknowledged. */
  release(batch: Batch): void;
  /** A batch was given up on, and with it whatever others rely on. */
  onBuried(): void;
}

/** Logs, spans, RUM and security events: named by batch and index, compared before they are written again. */
export function recordSink(store: RecordStore): SignalSink<EncodedBatch> {
  return {
    sizeOf: ({ rowCount, bytes }) => ({ rowCount, byteCount: bytes.byteLength, isEmpty: rowCount === 0 }),
    insert: (members) => store.insert(members.map(({ batch }) => batch)),
    storedIndexes: (orgId, batchId) => store.storedIndexes(orgId, batchId),
    release: ({ bytes }) => freeMemory(bytes),
    onBuried: () => undefined,
  };
}

/** Metrics: named by series and time, so simply written again. */
export function metricSink(
  store: Pick<MetricStore, 'insert'>,
  counter: IngestCounter,
  forgetSeries: () => void,
): SignalSink<EncodedMetricBatch> {
  return {
    sizeOf: ({ rowCount, byteCount, blocks, deltas }) => ({
      rowCount,
      byteCount,
      // Metadata are no rows.
      isEmpty: Object.keys(blocks).length === 0 && deltas === undefined,
    }),
    insert: async (members) => {
      const { lateDeltas } = await store.insert(members.map(({ batch }) => batch));
      for (const { batchId, count } of lateDeltas) {
        const member = members.find(({ envelope }) => envelope.batchId === batchId);
        if (member !== undefined) {
          countLoss(counter, member.envelope, 'late-delta', count);
        }
      }
    },
    storedIndexes: undefined,
    release: ({ blocks }) => Object.values(blocks).forEach(freeMemory),
    onBuried: forgetSeries,
  };
}
