import type { Signal } from '@aegisguard/model';
import type { Logger } from 'pino';
import { ownMemory, ThreadPool } from '../platform/thread-pool.ts';
import type { EncodedBySignal, NormalizedBatch, NormalizeJob } from './normalize-batch.ts';
import { PolicyError } from './scrubber-cache.ts';

/** What a thread is told. */
export type NormalizerQuestion =
  | { readonly kind: 'normalize'; readonly job: NormalizeJob }
  | { readonly kind: 'forget-series' };

/** What a thread answers about a job; `failure` is final for this body, `policyFailure` until the organization has another policy. */
export type NormalizerAnswer =
  | NormalizedBatch<EncodedBySignal[Signal]>
  | { readonly failure: string }
  | { readonly policyFailure: string };

/** A body that no try will make readable: it belongs among the dead letters. */
export class PoisonBatchError extends Error {
  override readonly name = 'PoisonBatchError';
}

/** A thread that takes more memory than this is fed something hostile; it dies alone. More than the largest body that the gateway could parse. */
const THREAD_HEAP_MB_MAX = 1024;
/** Room for the garbage of several batches, so that most of it dies uncollected. */
const THREAD_YOUNG_MB_MAX = 96;
/** The same file beside this one, built (.js) or as source (.ts). */
const THREAD_FILE = new URL(`./normalizer-thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

/** Threads that turn queued bodies into rows. */
export class NormalizerPool {
  private readonly pool: ThreadPool<NormalizerQuestion, NormalizerAnswer>;

  /** `threadFile` is for tests. */
  constructor(logger: Logger, threadCount: number, threadFile: URL = THREAD_FILE) {
    this.pool = new ThreadPool({
      logger,
      name: 'normalizer',
      threadCount,
      threadFile,
      heapMbMax: THREAD_HEAP_MB_MAX,
      youngMbMax: THREAD_YOUNG_MB_MAX,
    });
  }

  /** Starts the first thread: its code, with all that detectors and lookups know, takes a second of the processor to load, which is not to be the first batch's. */
  start(): void {
    this.pool.prestart();
  }

  /** Rows of a batch of the signal; the memory of its body is given away. Throws `PoisonBatchError`, or `ThreadDeathError` and `PolicyError` when a later try may do better. */
  async normalize<S extends Signal>(signal: S, job: NormalizeJob): Promise<NormalizedBatch<EncodedBySignal[S]>> {
    if (job.envelope.signal !== signal) {
      throw new PoisonBatchError(`it has ${job.envelope.signal} where ${signal} are expected`);
    }
    const body = ownMemory(job.body, 'shared');
    const answer = await this.pool.ask({ kind: 'normalize', job: { ...job, body } }, [body.buffer]);
    if ('failure' in answer) {
      throw new PoisonBatchError(answer.failure);
    }
    if ('policyFailure' in answer) {
      throw new PolicyError(answer.policyFailure);
    }
    return answer as NormalizedBatch<EncodedBySignal[S]>;
  }

  /** Tells every thread that series which it has written may be lost. Batches handed over before may still leave labels out; those after bring them. */
  forgetSeries(): void {
    this.pool.tell({ kind: 'forget-series' });
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
