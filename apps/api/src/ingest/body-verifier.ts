import { availableParallelism } from 'node:os';
import { AegisError, type ErrorCode, type IngestFormat } from '@aegisguard/model';
import type { BatchVerdict, MetricVerdict, SeriesGate, VerifyOptions } from '@aegisguard/protocols';
import type { Logger } from 'pino';
import { ownMemory, ThreadDeathError, ThreadPool } from '../platform/thread-pool.ts';
import { LoopTurns } from './loop-turns.ts';
import { type RecordSignal, verifyMetrics, verifyRecords } from './verify-body.ts';

/** A body and what its verdict depends on. */
export interface VerifyQuestion {
  readonly signal: RecordSignal;
  readonly format: IngestFormat;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly options: VerifyOptions;
}

/** A thread's answer: the body comes back with it. */
export type VerifyAnswer = { readonly body: Uint8Array<ArrayBuffer> } & (
  | { readonly verdict: BatchVerdict }
  | { readonly refusal: { readonly code: ErrorCode; readonly detail: string | undefined; readonly members: object } }
  | { readonly fault: string }
);

/** The body, which may lie elsewhere in memory now, and the verdict. */
export interface Verified {
  readonly body: Uint8Array;
  readonly verdict: BatchVerdict | MetricVerdict;
}

/** Longer bodies are judged in a thread. An ordinary one of this size takes some 5 ms; the worst JSON, nested to its end, takes 30 times as long, and every request waits for it. */
const MAIN_BYTES_MAX = 512 * 1024;
const THREADS_MAX = 4;
const CORES_PER_THREAD = 4;
/** More than the largest body takes as parsed JSON. */
const THREAD_HEAP_MB_MAX = 1024;
const THREAD_YOUNG_MB_MAX = 64;
const RETRY_AFTER_SECONDS = 1;
/** The same file beside this one, built (.js) or as source (.ts). */
const THREAD_FILE = new URL(`./verifier-thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

/** Judges bodies without keeping the event loop from others for long. */
export class BodyVerifier {
  private readonly pool: ThreadPool<VerifyQuestion, VerifyAnswer>;
  private readonly turns = new LoopTurns();

  constructor(logger: Logger) {
    this.pool = new ThreadPool({
      logger,
      name: 'verifier',
      threadCount: Math.max(1, Math.min(THREADS_MAX, Math.floor(availableParallelism() / CORES_PER_THREAD))),
      threadFile: THREAD_FILE,
      heapMbMax: THREAD_HEAP_MB_MAX,
      youngMbMax: THREAD_YOUNG_MB_MAX,
    });
  }

  /** The verdict on records; the memory of a large body is given away. Throws `AegisError` when nothing of the body can be taken. */
  async records(signal: RecordSignal, format: IngestFormat, body: Buffer, options: VerifyOptions): Promise<Verified> {
    if (body.length <= MAIN_BYTES_MAX) {
      return { body, verdict: await this.turns.take(() => verifyRecords(signal, format, body, options)) };
    }
    const own = ownMemory(body, 'slack');
    const answer = await this.pool.ask({ signal, format, body: own, options }, [own.buffer]).catch((error: unknown) => {
      throw error instanceof ThreadDeathError
        ? new AegisError('unavailable', { cause: error, retryAfterSeconds: RETRY_AFTER_SECONDS })
        : error;
    });
    if ('fault' in answer) {
      throw new AegisError('internal', { internal: answer.fault });
    }
    if ('refusal' in answer) {
      const { code, detail, members } = answer.refusal;
      throw new AegisError(code, { ...(detail === undefined ? {} : { detail }), members: { ...members } });
    }
    return { body: answer.body, verdict: answer.verdict };
  }

  /** The verdict on metrics, here: the gate's memory of active series is this thread's. */
  async metrics(format: IngestFormat, body: Buffer, options: VerifyOptions, seriesGate: SeriesGate): Promise<Verified> {
    return { body, verdict: await this.turns.take(() => verifyMetrics(format, body, { ...options, seriesGate })) };
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
