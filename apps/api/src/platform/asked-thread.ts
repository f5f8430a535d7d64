import { AegisError } from '@aegisguard/model';
import type { Logger } from 'pino';
import { ThreadDeathError, ThreadPool } from './thread-pool.ts';

/** What a thread answers when the fault is ours; the text is for our log. */
export interface Fault {
  readonly fault: string;
}

/** How a thread is run. */
export interface AskedThreadSettings {
  readonly logger: Logger;
  readonly name: string;
  readonly threadFile: URL;
  readonly heapMbMax: number;
  /** Said to who asks when too many do. */
  readonly busyDetail: string;
}

/** Each question takes milliseconds as a rule, and seconds at worst. */
const WAITING_MAX = 16;
const YOUNG_MB_MAX = 32;

/** A thread for what a person asks and others must not wait for: one question after the other, of which few may wait. */
export class AskedThread<Question, Answer extends object> {
  readonly #pool: ThreadPool<Question, Answer | Fault>;
  readonly #busyDetail: string;
  #waiting = 0;

  constructor({ busyDetail, ...settings }: AskedThreadSettings) {
    this.#pool = new ThreadPool({ ...settings, threadCount: 1, youngMbMax: YOUNG_MB_MAX });
    this.#busyDetail = busyDetail;
  }

  /** Throws `unavailable` when too many wait or the thread dies of the question, `internal` for a fault. */
  async ask(question: Question): Promise<Answer> {
    if (this.#waiting >= WAITING_MAX) {
      throw new AegisError('unavailable', { detail: this.#busyDetail, retryAfterSeconds: 1 });
    }
    this.#waiting += 1;
    try {
      const answer = await this.#pool.ask(question, []);
      if (isFault(answer)) {
        throw new AegisError('internal', { internal: answer.fault });
      }
      return answer;
    } catch (error) {
      throw error instanceof ThreadDeathError
        ? new AegisError('unavailable', { cause: error, retryAfterSeconds: 1 })
        : error;
    } finally {
      this.#waiting -= 1;
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

function isFault(answer: object): answer is Fault {
  return 'fault' in answer;
}
