import type { OrgId } from '@aegisguard/model';
import type { EncodedBatch } from '@aegisguard/storage';

/** What an insert does: stores so many of its rows, then fails, or all of them when undefined. */
export type Fault = { readonly rowsStored: number; readonly error: Error } | undefined;

/** Keeps every row of every insert, so that a row stored twice is seen. A row is the record's index in its batch. */
export class RowStore {
  readonly rows = new Map<string, number[]>();
  inserts = 0;

  /** `opens` holds inserts up until then. */
  constructor(
    private readonly faultOf: (insert: number, batches: readonly EncodedBatch[]) => Fault,
    private readonly opens: Promise<void> = Promise.resolve(),
  ) {}

  async insert(batches: readonly EncodedBatch[]): Promise<void> {
    await this.opens;
    this.inserts += 1;
    const fault = this.faultOf(this.inserts, batches);
    const all = batches.flatMap(({ batchId, bytes }) =>
      (JSON.parse(Buffer.from(bytes).toString()) as number[]).map((row) => [batchId, row] as const),
    );
    for (const [batchId, row] of all.slice(0, fault?.rowsStored ?? all.length)) {
      this.rows.set(batchId, [...(this.rows.get(batchId) ?? []), row]);
    }
    if (fault !== undefined) {
      throw fault.error;
    }
  }

  async storedIndexes(_orgId: OrgId, batchId: string): Promise<ReadonlySet<number>> {
    return new Set(this.rows.get(batchId));
  }
}
