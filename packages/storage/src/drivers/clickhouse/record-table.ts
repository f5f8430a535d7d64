import type { OrgId } from '@aegisguard/model';
import type { EncodedBatch, RecordStore } from '../../driver.ts';
import type { InsertTarget } from './engine.ts';
import type { Inserter } from './inserter.ts';
import { Deadline, type QueryRunner } from './query-runner.ts';
import { orgCondition } from './selection-sql.ts';
import { uuidBytes } from './uuid-bytes.ts';

const STORED_INDEXES_MS = 30_000;

/** A table whose rows are named by batch and index: logs, spans, RUM events, security events. */
export class RecordTable implements RecordStore {
  readonly #inserter: Inserter;
  readonly #runner: QueryRunner;
  readonly #target: Omit<InsertTarget, 'settings'>;

  constructor(inserter: Inserter, runner: QueryRunner, target: Omit<InsertTarget, 'settings'>) {
    this.#inserter = inserter;
    this.#runner = runner;
    this.#target = target;
  }

  async insert(batches: readonly EncodedBatch[]): Promise<void> {
    const blocks = batches.filter(({ rowCount }) => rowCount > 0).map(({ bytes }) => bytes);
    await this.#inserter.insert(this.#target, blocks);
  }

  async storedIndexes(orgId: OrgId, batchId: string): Promise<ReadonlySet<number>> {
    const batch = Buffer.from(uuidBytes(batchId)).toString('hex');
    const { rows } = await this.#runner.run(
      `SELECT DISTINCT batch_index FROM ${this.#target.table} WHERE ${orgCondition(orgId)} AND batch_id = toFixedString(unhex('${batch}'), 16)`,
      new Deadline({ signal: new AbortController().signal, timeoutMs: STORED_INDEXES_MS }),
    );
    return new Set(rows.map(([index]) => Number(index)));
  }
}
