import { cpuMs } from '../scrub/cpu-ms.ts';
import { RuleError } from './rule-error.ts';

/** Monotonic ms that a record's rules may take before their time of the processor is looked at, which costs more than a usual step. */
const UNWATCHED_MS = 10;
/** Ms of the processor that one record's rules may take from then on. */
const RECORD_MS_MAX = 50;
/** Ms of the processor that the rules of a batch may take. Its lease is 30 s, and one that does not get through in it would come for ever. */
const BATCH_MS_MAX = 4_000;
/** Records after which the batch's time is looked at however quick each is. */
const RECORDS_BETWEEN = 256;
/** UTF-16 units that the rules may make of one record: values and messages together. */
const RECORD_CHARS_MAX = 4_000_000;

/** Ms, monotonic; and ms of the processor that this thread has had. */
export interface RuleClocks {
  readonly nowMs: () => number;
  readonly cpuMs: () => number;
}

const CLOCKS: RuleClocks = { nowMs: () => performance.now(), cpuMs };

/** How long the rules of an organization may work on a batch, and how much they may make of a record of it. Time is the thread's own of the processor, since a machine that is busy otherwise is no rule's fault. */
export class RuleBudget {
  private readonly clocks: RuleClocks;
  private readonly batchStartMs: number;
  private recordStartMs = 0;
  private watchedFromMs: number | undefined;
  private chars = 0;
  private records = 0;
  private isSpent = false;

  constructor(clocks = CLOCKS) {
    this.clocks = clocks;
    this.batchStartMs = clocks.cpuMs();
  }

  /** A record's turn; false when the batch has had its time. */
  startRecord(): boolean {
    this.recordStartMs = this.clocks.nowMs();
    this.watchedFromMs = undefined;
    this.chars = 0;
    this.records += 1;
    if (this.records % RECORDS_BETWEEN === 0) {
      this.look();
    }
    return !this.isSpent;
  }

  /** Called after each step. Throws `RuleError` when the record has had its time. */
  check(): void {
    if (this.clocks.nowMs() - this.recordStartMs < UNWATCHED_MS) {
      return;
    }
    const cpu = this.look();
    this.watchedFromMs ??= cpu;
    if (this.isSpent || cpu - this.watchedFromMs > RECORD_MS_MAX) {
      throw new RuleError('took too long');
    }
  }

  /** What a step made. Throws `RuleError` when it is too much. */
  spend(chars: number): void {
    this.chars += chars;
    if (this.chars > RECORD_CHARS_MAX) {
      throw new RuleError('made too much of a record');
    }
  }

  private look(): number {
    const cpu = this.clocks.cpuMs();
    this.isSpent ||= cpu - this.batchStartMs > BATCH_MS_MAX;
    return cpu;
  }
}
