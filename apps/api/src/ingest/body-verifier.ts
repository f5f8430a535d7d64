import { availableParallelism } from 'node:os';
import { AegisError, type ErrorCode, type IngestFormat, type Signal } from '@aegisguard/model';
import type { BatchVerdict, MetricVerdict, SeriesGate, VerifyOptions } from '@aegisguard/protocols';
import type { Logger } from 'pino';
import { ownMemory, ThreadDeathError, ThreadPool } from '../platform/thread-pool.ts';
import { LoopTurns } from './loop-turns.ts';
import { type RecordSignal, verifyMetrics, verifyRecords } from './verify-body.ts';

/** A body and what its verdict depends on. */
export interface VerifyQuestion {
  readonly signal: Signal;
  readonly format: IngestFormat;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly options: VerifyOptions;
  /** Of metrics: series that the organization may not have besides those that it has. */
  readonly denied: BigUint64Array;
}

/** A thread's answer: the body comes back with it. */
export type VerifyAnswer = { readonly body: Uint8Array<ArrayBuffer> } & (
  | { readonly verdict: BatchVerdict | MetricVerdict; readonly series: BigUint64Array }
  | { readonly refusal: { readonly code: ErrorCode; readonly detail: string | undefined; readonly members: object } }
  | { readonly fault: string }
);

/** The body, which may lie elsewhere in memory now, and the verdict. */
export interface Verified {
  readonly body: Uint8Array;
  readonly verdict: BatchVerdict | MetricVerdict;
}

/** What a thread has judged. */
type Judged = Verified & { readonly body: Uint8Array<ArrayBuffer>; readonly series: BigUint64Array };

const NO_SERIES = new BigUint64Array();
/** Ids that the gate is asked about in one turn of the event loop: 2 ms. */
const SERIES_PER_TURN = 10_000;
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
    return await this.askThread(signal, format, ownMemory(body, 'slack'), options, NO_SERIES);
  }

  /**
   * The verdict on metrics. Series that were not seen before cost far more than known ones, so a large body is judged in a thread as well. The gate's memory of active series is this thread's: it is asked
   * afterwards, and only if it lets one of them not in, the body is judged again without those.
   */
  async metrics(format: IngestFormat, body: Buffer, options: VerifyOptions, seriesGate: SeriesGate): Promise<Verified> {
    if (body.length <= MAIN_BYTES_MAX) {
      return { body, verdict: await this.turns.take(() => verifyMetrics(format, body, { ...options, seriesGate })) };
    }
    const first = await this.askThread('metrics', format, ownMemory(body, 'slack'), options, NO_SERIES);
    const denied = await this.deniedOf(first.series, seriesGate);
    return denied.length === 0 ? first : await this.askThread('metrics', format, first.body, options, denied);
  }

  private async deniedOf(series: BigUint64Array, { admit }: SeriesGate): Promise<BigUint64Array> {
    const denied: bigint[] = [];
    for (let from = 0; from < series.length; from += SERIES_PER_TURN) {
      const part = series.subarray(from, from + SERIES_PER_TURN);
      denied.push(...(await this.turns.take(() => part.filter((id) => !admit(id)))));
    }
    return BigUint64Array.from(denied);
  }

  private async askThread(
    signal: Signal,
    format: IngestFormat,
    body: Uint8Array<ArrayBuffer>,
    options: VerifyOptions,
    denied: BigUint64Array,
  ): Promise<Judged> {
    const question = { signal, format, body, options, denied };
    const answer = await this.pool.ask(question, [body.buffer]).catch((error: unknown) => {
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
    return answer;
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
