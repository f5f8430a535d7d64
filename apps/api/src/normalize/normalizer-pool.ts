import { Worker } from 'node:worker_threads';
import type { Signal } from '@aegisguard/model';
import type { Logger } from 'pino';
import type { EncodedBySignal, NormalizeJob } from './normalize-batch.ts';

type Encoded = EncodedBySignal[Signal];

/** What a thread is told. */
export type NormalizerMessage =
  | { readonly kind: 'normalize'; readonly id: number; readonly job: NormalizeJob }
  | { readonly kind: 'forget-series' };

/** What a thread answers; `failure` is final for this body. */
export type NormalizeAnswer =
  | { readonly id: number; readonly batch: Encoded }
  | { readonly id: number; readonly failure: string };

/** A body that no try will make readable: it belongs among the dead letters. */
export class PoisonBatchError extends Error {
  override readonly name = 'PoisonBatchError';
}

/** The thread died under the batch, which may or may not be the batch's fault. */
export class ThreadDeathError extends Error {
  override readonly name = 'ThreadDeathError';
}

interface Job {
  readonly resolve: (batch: Encoded) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly jobs: Map<number, Job>;
  /** Monotonic ms. */
  readonly startedMs: number;
}

/** A thread that takes more memory than this is fed something hostile; it dies alone. More than the largest body that the gateway could parse. */
const THREAD_HEAP_MB_MAX = 1024;
/** Room for the garbage of several batches, so that most of it dies uncollected. */
const THREAD_YOUNG_MB_MAX = 96;
/** A thread that lived shorter than this is not started again at once. */
const THREAD_LIFE_MS_MIN = 5000;

/** Threads that turn queued bodies into rows. One that dies is replaced. */
export class NormalizerPool {
  private readonly threads: (Thread | undefined)[] = [];
  private readonly revivals = new Set<NodeJS.Timeout>();
  private nextId = 0;
  private closed = false;

  /** `threadFile` is for tests. */
  constructor(
    private readonly logger: Logger,
    threadCount: number,
    private readonly threadFile: URL = THREAD_FILE,
  ) {
    for (let place = 0; place < threadCount; place += 1) {
      this.threads.push(undefined);
      this.startThread(place);
    }
  }

  /**
   * Rows of a batch of the signal; the memory of its body is given away. Throws `PoisonBatchError`, or `ThreadDeathError` when a later try may do better.
   */
  async normalize<S extends Signal>(signal: S, job: NormalizeJob): Promise<EncodedBySignal[S]> {
    if (job.envelope.signal !== signal) {
      throw new PoisonBatchError(`it has ${job.envelope.signal} where ${signal} are expected`);
    }
    return (await this.ask(job)) as EncodedBySignal[S];
  }

  /** Tells every thread that series which it has written may be lost. Batches handed over before may still leave labels out; those after bring them. */
  forgetSeries(): void {
    for (const thread of this.threads) {
      thread?.worker.postMessage({ kind: 'forget-series' } satisfies NormalizerMessage);
    }
  }

  private ask(job: NormalizeJob): Promise<Encoded> {
    const alive = this.threads.filter((thread) => thread !== undefined);
    const [first, ...others] = alive;
    if (first === undefined) {
      return Promise.reject(new ThreadDeathError('no normalizer thread lives at the moment'));
    }
    const thread = others.reduce((least, other) => (other.jobs.size < least.jobs.size ? other : least), first);
    const id = this.nextId;
    this.nextId += 1;
    const body = ownMemory(job.body);
    const message: NormalizerMessage = { kind: 'normalize', id, job: { ...job, body } };
    return new Promise((resolve, reject) => {
      thread.jobs.set(id, { resolve, reject });
      thread.worker.postMessage(message, [body.buffer as ArrayBuffer]);
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const timer of this.revivals) {
      clearTimeout(timer);
    }
    await Promise.all(this.threads.map((thread) => thread?.worker.terminate()));
  }

  private startThread(place: number): void {
    const worker = new Worker(this.threadFile, {
      resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MB_MAX, maxYoungGenerationSizeMb: THREAD_YOUNG_MB_MAX },
    });
    const thread: Thread = { worker, jobs: new Map(), startedMs: performance.now() };
    this.threads[place] = thread;
    let cause: unknown = 'it ended by itself';
    worker.on('message', (answer: NormalizeAnswer) => settle(thread, answer));
    worker.on('messageerror', (error) => {
      cause = error;
      void worker.terminate();
    });
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => this.bury(place, thread, cause));
    worker.unref();
  }

  private bury(place: number, thread: Thread, cause: unknown): void {
    this.threads[place] = undefined;
    for (const job of thread.jobs.values()) {
      job.reject(new ThreadDeathError(`the normalizer thread died: ${String(cause)}`));
    }
    if (this.closed) {
      return;
    }
    this.logger.error({ err: cause, batches: thread.jobs.size }, 'a normalizer thread died; it is replaced');
    const waitMs = performance.now() - thread.startedMs < THREAD_LIFE_MS_MIN ? THREAD_LIFE_MS_MIN : 0;
    const timer = setTimeout(() => {
      this.revivals.delete(timer);
      this.startThread(place);
    }, waitMs);
    this.revivals.add(timer);
  }
}

/** The same file beside this one, built (.js) or as source (.ts). */
const THREAD_FILE = new URL(`./normalizer-thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

function settle(thread: Thread, answer: NormalizeAnswer): void {
  const job = thread.jobs.get(answer.id);
  thread.jobs.delete(answer.id);
  if ('batch' in answer) {
    job?.resolve(answer.batch);
  } else {
    job?.reject(new PoisonBatchError(answer.failure));
  }
}

/** A view on a larger buffer (Node pools small ones) cannot be moved to another thread. */
function ownMemory(body: Uint8Array): Uint8Array {
  const whole = body.byteOffset === 0 && body.byteLength === body.buffer.byteLength;
  return whole ? new Uint8Array(body.buffer) : new Uint8Array(body);
}
