import { AegisError } from '@aegisguard/model';
import type { QueueDriver } from '@aegisguard/queue';

/** Past these the gateway answers 503: the worker is behind by more than a restart explains, and the queue's disk is not ours to fill. */
const DEPTH_MAX = 200_000;
const BYTES_MAX = 4 * 1024 ** 3;
const AGE_MS_MAX = 15 * 60_000;
/** The figures may be this old: at 1 GB/s that is a quarter of a gigabyte of overshoot. */
const REFRESH_MS = 250;
const RETRY_AFTER_SECONDS = 5;

/** Refuses new batches while a stream is too deep, or what waits in it too old. */
export class BackPressure {
  private readonly streams = new Map<string, { full: boolean; checkedAtMs: number }>();

  constructor(
    private readonly queue: QueueDriver,
    private readonly group: string,
    /** Monotonic ms: a clock set back must not stretch anything. */
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Throws `queue-full` when the stream cannot take more. */
  async admit(stream: string): Promise<void> {
    const known = this.streams.get(stream);
    const state = known ?? { full: false, checkedAtMs: Number.NEGATIVE_INFINITY };
    this.streams.set(stream, state);
    if (this.nowMs() - state.checkedAtMs > REFRESH_MS) {
      state.checkedAtMs = this.nowMs();
      const { depth, bytes, oldestAgeMs } = await this.queue.stats(stream, this.group);
      state.full = depth > DEPTH_MAX || bytes > BYTES_MAX || oldestAgeMs > AGE_MS_MAX;
    }
    if (state.full) {
      throw new AegisError('queue-full', {
        detail: 'Too much is waiting to be stored; send it again later.',
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
  }
}
