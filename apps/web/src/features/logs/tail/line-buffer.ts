import type { LogView } from '@aegisguard/model';
import { timestampMs } from '../../../lib/timestamp.ts';

/** Lines whose times differ less than this are brought into order. */
const REORDERED_MS = 10_000;

/** The newest lines of a tail, bounded; a line that comes again is kept once. */
export class LineBuffer {
  readonly #linesMax: number;
  readonly #ids = new Set<string>();
  #lines: LogView[] = [];
  #received = 0;

  constructor(linesMax: number) {
    this.#linesMax = linesMax;
  }

  /** How many different lines have come. */
  get received(): number {
    return this.#received;
  }

  /** How many of them are not kept any more. */
  get forgotten(): number {
    return this.#received - Math.min(this.#lines.length, this.#linesMax);
  }

  /** Takes lines in, and says how many were new. */
  add(lines: readonly LogView[]): number {
    const before = this.#received;
    for (const line of lines) {
      if (!this.#ids.has(line.id)) {
        this.#ids.add(line.id);
        this.#insert(line);
        this.#received += 1;
      }
    }
    // Not with every line: to drop the first of a list moves all others.
    if (this.#lines.length >= 2 * this.#linesMax) {
      const dropped = this.#lines.splice(0, this.#lines.length - this.#linesMax);
      for (const { id } of dropped) {
        this.#ids.delete(id);
      }
    }
    return this.#received - before;
  }

  /** In the order of time where lines come a little later than others of their time; what is much older stands where it came, or nobody would see it. */
  #insert(line: LogView): void {
    const ms = timestampMs(line.timestamp);
    let at = this.#lines.length;
    for (let before = this.#lines[at - 1]; before !== undefined; before = this.#lines[at - 1]) {
      if (before.timestamp <= line.timestamp || timestampMs(before.timestamp) - ms > REORDERED_MS) {
        break;
      }
      at -= 1;
    }
    this.#lines.splice(at, 0, line);
  }

  /** Forgets all lines, but knows them when they come again. */
  clear(): void {
    this.#lines = [];
    this.#received = 0;
  }

  /** The newest lines, oldest first. */
  newest(): readonly LogView[] {
    return this.#lines.slice(-this.#linesMax);
  }
}
