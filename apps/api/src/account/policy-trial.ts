import { AegisError, type CustomRule, type PrivacyPolicy, type PrivacyPreviewAnswer } from '@aegisguard/model';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { ThreadDeathError, ThreadPool } from '../platform/thread-pool.ts';
import type { PolicyFault } from './check-custom-rules.ts';

/** What the thread is asked. Rules are always checked first. */
export interface TrialQuestion {
  readonly customRules: readonly CustomRule[];
  /** Absent: only the rules are of interest. */
  readonly preview?: {
    readonly policy: PrivacyPolicy;
    readonly hashKey: Uint8Array;
    readonly text: string;
    readonly field: string;
  };
}

/** What it answers; `fault` is ours. */
export type TrialAnswer =
  | { readonly faults: readonly PolicyFault[] }
  | { readonly preview: PrivacyPreviewAnswer }
  | { readonly fault: string };

/** Each question takes milliseconds, but a second and more with rules that are slow. */
const WAITING_MAX = 16;
const HEAP_MB_MAX = 256;
const YOUNG_MB_MAX = 32;
/** The same file beside this one, built (.js) or as source (.ts). */
const THREAD_FILE = new URL(`./policy-trial-thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

/** Tries policies out in a thread of its own: the patterns of an organization are run, and what they cost must not be others' time. */
export class PolicyTrial implements OnModuleDestroy {
  private readonly pool: ThreadPool<TrialQuestion, TrialAnswer>;
  private waiting = 0;

  constructor(logger: Logger) {
    this.pool = new ThreadPool({
      logger,
      name: 'policy trial',
      threadCount: 1,
      threadFile: THREAD_FILE,
      heapMbMax: HEAP_MB_MAX,
      youngMbMax: YOUNG_MB_MAX,
    });
  }

  /** Throws `invalid-request` naming every rule that cannot be used. */
  async check(customRules: readonly CustomRule[]): Promise<void> {
    if (customRules.length > 0) {
      await this.ask({ customRules });
    }
  }

  /** What a policy makes of a text; throws as `check`. */
  async preview(preview: NonNullable<TrialQuestion['preview']>): Promise<PrivacyPreviewAnswer> {
    const answer = await this.ask({ customRules: preview.policy.customRules, preview });
    if (!('preview' in answer)) {
      throw new TypeError('a trial with a text is answered with a text');
    }
    return answer.preview;
  }

  onModuleDestroy(): Promise<void> {
    return this.pool.close();
  }

  private async ask(question: TrialQuestion): Promise<TrialAnswer> {
    if (this.waiting >= WAITING_MAX) {
      throw new AegisError('unavailable', { detail: 'Too many policies are being tried.', retryAfterSeconds: 1 });
    }
    this.waiting += 1;
    try {
      const answer = await this.pool.ask(question, []);
      if ('faults' in answer && answer.faults.length > 0) {
        throw refused(answer.faults);
      }
      if ('fault' in answer) {
        throw new AegisError('internal', { internal: answer.fault });
      }
      return answer;
    } catch (error) {
      throw error instanceof ThreadDeathError
        ? new AegisError('unavailable', { cause: error, retryAfterSeconds: 1 })
        : error;
    } finally {
      this.waiting -= 1;
    }
  }
}

function refused(errors: readonly PolicyFault[]): AegisError {
  return new AegisError('invalid-request', {
    detail: errors.map(({ path, message }) => `${path}: ${message}`).join('; '),
    members: { errors },
  });
}
