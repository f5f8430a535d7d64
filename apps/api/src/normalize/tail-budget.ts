/** A tail may have so many lines a second of each thread; more than anybody can read. */
const LINES_PER_SECOND = 1000;
/** And so many characters of JSON. */
const CHARS_PER_SECOND = 4 * 1024 ** 2;
/** And so much of the thread's work, with some that it has saved. */
const MS_PER_SECOND = 200;
const MS_MAX = 500;
/** Work between two looks at the clock that is never what a line should cost: it costs so much more, which is seconds of rest. */
const MS_PER_LOOK_MAX = 500;
const OVERSPENT_MS = 1000;

/** What a tail may be given, evenly over time, and a second's worth at once. Times are monotonic ms. */
export class TailBudget {
  private lines = LINES_PER_SECOND;
  private chars = CHARS_PER_SECOND;
  private ms = MS_MAX;

  constructor(private atMs: number) {}

  /** Lets what time brought flow in. */
  refill(nowMs: number): void {
    const seconds = Math.max(0, nowMs - this.atMs) / 1000;
    this.atMs = nowMs;
    this.lines = Math.min(LINES_PER_SECOND, this.lines + seconds * LINES_PER_SECOND);
    this.chars = Math.min(CHARS_PER_SECOND, this.chars + seconds * CHARS_PER_SECOND);
    this.ms = Math.min(MS_MAX, this.ms + seconds * MS_PER_SECOND);
  }

  /** Whether there may be no other line. One that is longer than what is left is let through, and those after it wait for it. */
  get isSpent(): boolean {
    return this.lines < 1 || this.chars <= 0;
  }

  /** Whether it has had its time. */
  get isOutOfTime(): boolean {
    return this.ms <= 0;
  }

  spend(chars: number): void {
    this.lines -= 1;
    this.chars -= chars;
  }

  /** What the tail took since the clock was looked at last. */
  spendTime(ms: number): void {
    this.ms -= ms > MS_PER_LOOK_MAX ? ms + OVERSPENT_MS : ms;
  }
}
