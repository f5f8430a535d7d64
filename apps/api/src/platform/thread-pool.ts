import { type Transferable, Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { withoutQuotes } from './without-quotes.ts';

/** The thread died under its work, which may or may not be the work's fault. */
export class ThreadDeathError extends Error {
  override readonly name = 'ThreadDeathError';
}

/** What a thread hears, and what it answers with, unless it was only told something. */
export interface ThreadMessage<Content> {
  readonly id: number;
  readonly content: Content;
}

/** What a pool is made of. */
export interface ThreadPoolOptions {
  readonly logger: Logger;
  /** For the log, e.g. `verifier`. */
  readonly name: string;
  readonly threadCount: number;
  readonly threadFile: URL;
  /** A thread that takes more memory than this dies alone. */
  readonly heapMbMax: number;
  readonly youngMbMax: number;
}

interface Job<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

interface Thread<Answer> {
  readonly worker: Worker;
  readonly jobs: Map<number, Job<Answer>>;
  /** Monotonic ms. */
  readonly startedMs: number;
}

/** A thread that lived shorter than this is not started again at once. */
const THREAD_LIFE_MS_MIN = 5000;

/** Threads that answer questions. They are started when there is work for them; one that dies is replaced. */
export class ThreadPool<Question, Answer> {
  private readonly threads: (Thread<Answer> | undefined)[];
  /** Monotonic ms before which a place stays empty. */
  private readonly emptyUntilMs: number[];
  private nextId = 0;

  constructor(private readonly options: ThreadPoolOptions) {
    this.threads = Array.from({ length: options.threadCount }, () => undefined);
    this.emptyUntilMs = this.threads.map(() => 0);
  }

  /** The answer of the least busy thread; what is in `transfer` is given away. Throws `ThreadDeathError` when a later try may do better. */
  ask(question: Question, transfer: readonly Transferable[]): Promise<Answer> {
    const thread = this.leastBusy();
    if (thread === undefined) {
      return Promise.reject(new ThreadDeathError(`no ${this.options.name} thread lives at the moment`));
    }
    const message: ThreadMessage<Question> = { id: this.nextId, content: question };
    this.nextId += 1;
    return new Promise((resolve, reject) => {
      thread.jobs.set(message.id, { resolve, reject });
      thread.worker.postMessage(message, transfer);
    });
  }

  /** Starts a thread before there is work for it, so that the first question does not wait for its code. */
  prestart(): void {
    this.leastBusy();
  }

  /** Says something that nobody answers to every thread that lives, in order with what it is asked. Threads that start later have not heard it. */
  tell(news: Question): void {
    const message: ThreadMessage<Question> = { id: this.nextId, content: news };
    this.nextId += 1;
    for (const thread of this.threads) {
      thread?.worker.postMessage(message);
    }
  }

  async close(): Promise<void> {
    this.emptyUntilMs.fill(Number.POSITIVE_INFINITY);
    await Promise.all(this.threads.map((thread) => thread?.worker.terminate()));
  }

  /** An idle thread, else a new one, else the one with the fewest jobs. */
  private leastBusy(): Thread<Answer> | undefined {
    const alive = this.threads.filter((thread) => thread !== undefined);
    const [least] = alive.sort((one, other) => one.jobs.size - other.jobs.size);
    if (least?.jobs.size === 0) {
      return least;
    }
    const place = this.threads.findIndex(
      (thread, at) => thread === undefined && (this.emptyUntilMs[at] ?? 0) <= performance.now(),
    );
    return place < 0 ? least : this.startThread(place);
  }

  private startThread(place: number): Thread<Answer> {
    const { heapMbMax, threadFile, youngMbMax } = this.options;
    const worker = new Worker(threadFile, {
      resourceLimits: { maxOldGenerationSizeMb: heapMbMax, maxYoungGenerationSizeMb: youngMbMax },
    });
    const thread: Thread<Answer> = { worker, jobs: new Map(), startedMs: performance.now() };
    this.threads[place] = thread;
    let cause: unknown = 'it ended by itself';
    worker.on('message', ({ id, content }: ThreadMessage<Answer>) => {
      thread.jobs.get(id)?.resolve(content);
      thread.jobs.delete(id);
    });
    worker.on('messageerror', (error) => {
      cause = error;
      void worker.terminate();
    });
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => this.bury(place, thread, cause));
    worker.unref();
    return thread;
  }

  private bury(place: number, thread: Thread<Answer>, cause: unknown): void {
    const { logger, name } = this.options;
    this.threads[place] = undefined;
    for (const job of thread.jobs.values()) {
      job.reject(new ThreadDeathError(`the ${name} thread died: ${withoutQuotes(String(cause))}`));
    }
    if (this.emptyUntilMs[place] === Number.POSITIVE_INFINITY) {
      return;
    }
    logger.error({ err: cause, jobs: thread.jobs.size }, `a ${name} thread died; it is replaced`);
    const livedMs = performance.now() - thread.startedMs;
    this.emptyUntilMs[place] = livedMs < THREAD_LIFE_MS_MIN ? performance.now() + THREAD_LIFE_MS_MIN : 0;
  }
}

/**
 * The body in memory that can be moved to another thread, copied where it must be. What lies behind it in its buffer is either unused (`slack`), or may be someone else's, as in the buffers that Node pools and in what a socket
 * brought (`shared`); what lies before it always may.
 */
export function ownMemory(body: Uint8Array, rest: 'slack' | 'shared'): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength, byteOffset } = body;
  const isOwn = byteOffset === 0 && (rest === 'slack' || byteLength === buffer.byteLength);
  return isOwn && buffer instanceof ArrayBuffer ? new Uint8Array(buffer, 0, byteLength) : new Uint8Array(body);
}
