import { Worker } from 'node:worker_threads';
import type { IngestEnvelope } from '@aegisguard/model';
import type { EncodedLogBatch } from '@aegisguard/storage';

/** What a thread is asked. */
export interface NormalizeRequest {
  readonly id: number;
  readonly envelope: IngestEnvelope;
  readonly body: Uint8Array;
  readonly skip: readonly number[];
}

/** What a thread answers; `failure` is final for this body. */
export type NormalizeAnswer =
  | { readonly id: number; readonly batch: EncodedLogBatch }
  | { readonly id: number; readonly failure: string };

/** A body that no try will make readable: it belongs among the dead letters. */
export class PoisonBatchError extends Error {
  override readonly name = 'PoisonBatchError';
}

interface Job {
  readonly request: NormalizeRequest;
  readonly resolve: (batch: EncodedLogBatch) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly jobs: Map<number, Job>;
}

/** A thread that takes more memory than this is fed something hostile; it dies alone and its batches count as poison. */
const THREAD_HEAP_MB_MAX = 512;
/** Room for the garbage of several batches, so that most of it dies uncollected. */
const THREAD_YOUNG_MB_MAX = 96;

/** Threads that turn queued bodies into rows. A thread that dies is replaced; the batch it was working on is poison. */
export class NormalizerPool {
  private readonly threads: Thread[] = [];
  private nextId = 0;
  private closed = false;

  constructor(threadCount: number) {
    for (let index = 0; index < threadCount; index += 1) {
      this.threads.push(this.startThread());
    }
  }

  /** Rows of a batch; `body`'s memory is given away. Throws `PoisonBatchError`. */
  normalize(envelope: IngestEnvelope, body: Uint8Array, skip: readonly number[]): Promise<EncodedLogBatch> {
    const thread = this.threads.reduce((least, other) => (other.jobs.size < least.jobs.size ? other : least));
    const request = { id: this.nextId, envelope, body: ownMemory(body), skip };
    this.nextId += 1;
    return new Promise((resolve, reject) => {
      thread.jobs.set(request.id, { request, resolve, reject });
      thread.worker.postMessage(request, [request.body.buffer as ArrayBuffer]);
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }

  private startThread(): Thread {
    // The same file beside this one, built (.js) or as source (.ts).
    const file = new URL(`./normalizer-thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);
    const worker = new Worker(file, {
      resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MB_MAX, maxYoungGenerationSizeMb: THREAD_YOUNG_MB_MAX },
    });
    const thread: Thread = { worker, jobs: new Map() };
    worker.on('message', (answer: NormalizeAnswer) => {
      const job = thread.jobs.get(answer.id);
      thread.jobs.delete(answer.id);
      if ('batch' in answer) {
        job?.resolve(answer.batch);
      } else {
        job?.reject(new PoisonBatchError(answer.failure));
      }
    });
    worker.on('error', (error) => this.replaceThread(thread, error));
    worker.unref();
    return thread;
  }

  /** The first job is the one that the thread died on; the others' memory went with it, so they come again by redelivery. */
  private replaceThread(thread: Thread, error: Error): void {
    const [fatal, ...others] = thread.jobs.values();
    fatal?.reject(new PoisonBatchError(`the normalizer thread died: ${error.message}`));
    for (const job of others) {
      job.reject(new Error('the normalizer thread died on another batch'));
    }
    const index = this.threads.indexOf(thread);
    if (!this.closed && index >= 0) {
      this.threads[index] = this.startThread();
    }
  }
}

/** A view on a larger buffer (Node pools small ones) cannot be moved to another thread. */
function ownMemory(body: Uint8Array): Uint8Array {
  const whole = body.byteOffset === 0 && body.byteLength === body.buffer.byteLength;
  return whole ? new Uint8Array(body.buffer) : new Uint8Array(body);
}
