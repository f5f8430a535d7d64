import { AegisError } from '@aegisguard/model';
import type { Engine, InsertTarget } from './engine.ts';
import { engineError } from './engine-error.ts';

/** An insert that takes longer, with its waiting and all its parts, has failed: a worker that begins it within its lease (30 s) must be through before the batches are given to another (60 s). */
const INSERT_MS_MAX = 20_000;
/** More than this is inserted in parts: the engine needs several times the memory. */
const INSERT_BYTES_MAX = 64 * 1024 * 1024;

/** Inserts blocks into any table, one insert after the other: the engine's connection could do no more, and larger groups are better than more. One for all tables of an engine. */
export class Inserter {
  readonly #engine: Engine;
  readonly #settings: string;
  #lastInsert: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(engine: Engine, insertMemoryBytesMax: number) {
    this.#engine = engine;
    this.#settings = [
      "timeout_overflow_mode = 'throw'",
      `max_memory_usage = ${insertMemoryBytesMax}`,
      // A second thread would split the group into smaller parts.
      'max_insert_threads = 1',
      'max_threads = 1',
      // The blocks of a group, 1000 rows each, are joined to one part a partition.
      'min_insert_block_size_rows = 1000000',
      `min_insert_block_size_bytes = ${Math.floor(insertMemoryBytesMax / 4)}`,
      // A client may send records of every day of its retention in one batch.
      'max_partitions_per_insert_block = 10000',
      'async_insert = 0',
      // A new part is small and soon merged; its filters would be made again then. A quarter of an insert's CPU.
      'materialize_skip_indexes_on_insert = 0',
    ].join(', ');
  }

  /** Stores blocks of the Native format; when it throws, an unknown part of the rows is stored. Throws `AegisError` only. */
  async insert(target: Omit<InsertTarget, 'settings'>, blocks: readonly Uint8Array[]): Promise<void> {
    if (this.#isClosed) {
      throw new AegisError('unavailable', { internal: 'the store is closed' });
    }
    if (blocks.length === 0) {
      return;
    }
    const endMs = performance.now() + INSERT_MS_MAX;
    const insert = this.#lastInsert.then(async () => {
      for (const part of partsOf(blocks)) {
        await this.#insertPart(target, part, endMs - performance.now());
      }
    });
    this.#lastInsert = insert.catch(() => undefined);
    await insert;
  }

  /** Refuses new inserts and waits for those under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#lastInsert;
  }

  async #insertPart(
    { table, columns }: Omit<InsertTarget, 'settings'>,
    blocks: readonly Uint8Array[],
    remainingMs: number,
  ): Promise<void> {
    if (remainingMs <= 0) {
      throw new AegisError('unavailable', { internal: 'an insert has no time left' });
    }
    const settings = `max_execution_time = ${Math.max(0.001, remainingMs / 1000).toFixed(3)}, ${this.#settings}`;
    try {
      await this.#engine.insert({ table, columns, settings }, blocks);
    } catch (error) {
      throw engineError(error, 'insert');
    }
  }
}

/** Blocks in parts that the engine can take at once; a single larger block is a part of its own. */
function partsOf(blocks: readonly Uint8Array[]): Uint8Array[][] {
  const parts: Uint8Array[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const block of blocks) {
    if (bytes + block.byteLength > INSERT_BYTES_MAX) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(block);
    bytes += block.byteLength;
  }
  return parts;
}
