import type { LogView } from '@aegisguard/model';
import { ApiError, asApiError } from '../../../lib/api-error.ts';
import { timestampMs } from '../../../lib/timestamp.ts';
import { EventStreamReader } from './event-stream.ts';
import { LineBuffer } from './line-buffer.ts';
import type { OpenTail } from './open-tail.ts';
import { RateMeter } from './rate-meter.ts';
import { reconnectDelay } from './reconnect-delay.ts';
import { readNews, type TailEnd, type TailNews } from './tail-news.ts';

/** Lines that are kept. */
export const LINES_MAX = 2000;

/** A tail begins with what came in the last minutes, so that there is something to see. */
const BEGINS_MS = 5 * 60_000;

/** A connection that lasted so long was a good one: the next failure is the first again. */
const GOOD_MS = 10_000;

/** How a tail is: `waiting` for the next try, `asleep` while nobody looks, `over` until it is started again. */
export type TailState = 'connecting' | 'open' | 'waiting' | 'asleep' | 'over';

/** What a tail shows. */
export interface TailShown {
  readonly state: TailState;
  /** Why it is not open. */
  readonly error: ApiError | undefined;
  /** In the order of their times, as far as they came so. */
  readonly lines: readonly LogView[];
  readonly received: number;
  /** Lines that came, but are not kept any more. */
  readonly forgotten: number;
  /** Lines that did not come. */
  readonly missed: number;
  readonly linesPerSecond: number;
}

/** What a tail needs of its surroundings. */
export interface TailMeans {
  readonly open: OpenTail;
  /** Unix ms by the server's clock. */
  readonly now: () => number;
  readonly random: () => number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Calls back when it is time to draw; asked again before that, it calls once. */
  readonly onFrame: (draw: () => void) => void;
}

/** Trying again would change nothing. */
function isFinal({ status }: ApiError): boolean {
  return status !== undefined && status >= 400 && status < 500 && status !== 408;
}

/** One live tail: connects, reads, connects again. What it shows changes at most once in a frame. */
export class LiveTail {
  readonly #means: TailMeans;
  readonly #listeners = new Set<() => void>();
  readonly #buffer = new LineBuffer(LINES_MAX);
  readonly #rate = new RateMeter();
  #run: AbortController | undefined;
  #since = '';
  #lastId = '';
  #missed = 0;
  #state: TailState = 'connecting';
  #error: ApiError | undefined;
  #shown: TailShown;

  constructor(means: TailMeans) {
    this.#means = means;
    this.#shown = this.#look();
  }

  /** What is shown now; another object after every change. */
  readonly shown = (): TailShown => this.#shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Connects, unless it is connected: where it has been before, behind the last line that it had. */
  start(): void {
    if (this.#run !== undefined) {
      return;
    }
    if (this.#since === '') {
      this.#since = new Date(this.#means.now() - BEGINS_MS).toISOString();
    }
    const run = new AbortController();
    this.#run = run;
    void this.#keepReading(run.signal);
  }

  /** Cuts the connection; `asleep` says that it is for want of a reader. */
  stop(state: 'asleep' | 'over' = 'over'): void {
    this.#run?.abort();
    this.#run = undefined;
    this.#become(state, undefined);
  }

  /** Empties the list; what is missed is counted anew. */
  clear(): void {
    this.#buffer.clear();
    this.#missed = 0;
    this.#draw();
  }

  /** Draws the rate anew where nothing comes. */
  readonly tick = (): void => {
    if (this.#shown.linesPerSecond !== this.#rate.perSecond(this.#means.now())) {
      this.#draw();
    }
  };

  async #keepReading(signal: AbortSignal): Promise<void> {
    let failures = 0;
    for (;;) {
      this.#become('connecting', this.#error);
      const beganMs = this.#means.now();
      const end = await this.#readOnce(signal).catch((error: unknown) => asApiError(error));
      if (signal.aborted) {
        return;
      }
      if (end instanceof ApiError && isFinal(end)) {
        this.#run = undefined;
        this.#become('over', end);
        return;
      }
      failures = this.#means.now() - beganMs > GOOD_MS ? 0 : failures + 1;
      // A token that has ended in time is no failure: the next connection has another one.
      const isRenewal = !(end instanceof ApiError) && end?.reason === 'access' && failures <= 1;
      if (!isRenewal) {
        this.#become('waiting', end instanceof ApiError ? end : endedError(end));
        await this.#means.pause(reconnectDelay(failures, this.#means.random()), signal);
      }
    }
  }

  /** Reads one connection to its end; what the server said of it, if it did. */
  async #readOnce(signal: AbortSignal): Promise<TailEnd | undefined> {
    const body = await this.#means.open({ since: this.#since, lastId: this.#lastId }, signal);
    this.#become('open', undefined);
    const openMs = this.#means.now();
    const events = new EventStreamReader();
    const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new ApiError('network', 'The connection was lost', { cause });
      });
      if (done) {
        return undefined;
      }
      const found = events.push(value);
      this.#lastId = found.at(-1)?.lastId ?? this.#lastId;
      const news = readNews(found);
      this.#take(news, openMs);
      if (news.end !== undefined) {
        return news.end;
      }
    }
  }

  #take({ lines, missed }: TailNews, openMs: number): void {
    // What was stored before says nothing of how fast lines come.
    const fresh = lines.filter(({ timestamp }) => timestampMs(timestamp) >= openMs);
    this.#buffer.add(lines);
    this.#rate.add(fresh.length, this.#means.now());
    this.#missed += missed;
    if (lines.length + missed > 0) {
      this.#means.onFrame(this.#draw);
    }
  }

  #become(state: TailState, error: ApiError | undefined): void {
    this.#state = state;
    this.#error = error;
    this.#draw();
  }

  readonly #draw = (): void => {
    this.#shown = this.#look();
    for (const listener of this.#listeners) {
      listener();
    }
  };

  #look(): TailShown {
    return {
      state: this.#state,
      error: this.#error,
      lines: this.#buffer.newest(),
      received: this.#buffer.received,
      forgotten: this.#buffer.forgotten,
      missed: this.#missed,
      linesPerSecond: this.#rate.perSecond(this.#means.now()),
    };
  }
}

function endedError(end: TailEnd | undefined): ApiError {
  return new ApiError('network', 'The server has ended the tail', { detail: end?.detail });
}
