import { AegisError, type CustomRule, type PrivacyPolicy, type PrivacyPreviewAnswer } from '@aegisguard/model';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { AskedThread, type Fault } from '../platform/asked-thread.ts';
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
  | Fault;

const HEAP_MB_MAX = 256;
/** The same file beside this one, built (.js) or as source (.ts). */
const THREAD_FILE = new URL(`./policy-trial-thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

/** Tries policies out in a thread of its own: the patterns of an organization are run, and what they cost must not be others' time. */
export class PolicyTrial implements OnModuleDestroy {
  private readonly thread: AskedThread<TrialQuestion, Exclude<TrialAnswer, Fault>>;

  constructor(logger: Logger) {
    this.thread = new AskedThread({
      logger,
      name: 'policy trial',
      threadFile: THREAD_FILE,
      heapMbMax: HEAP_MB_MAX,
      busyDetail: 'Too many policies are being tried.',
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
    return this.thread.close();
  }

  private async ask(question: TrialQuestion): Promise<Exclude<TrialAnswer, Fault>> {
    const answer = await this.thread.ask(question);
    if ('faults' in answer && answer.faults.length > 0) {
      throw refused(answer.faults);
    }
    return answer;
  }
}

function refused(errors: readonly PolicyFault[]): AegisError {
  return new AegisError('invalid-request', {
    detail: errors.map(({ path, message }) => `${path}: ${message}`).join('; '),
    members: { errors },
  });
}
