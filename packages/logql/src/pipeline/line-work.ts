/**
 * What the expressions and templates of a pipeline may do to one line, all together: characters times instructions of an expression, in which RE2 takes linear time at worst, or steps of a template. A second on a
 * busy machine; neither can be interrupted, and the server has other things to do.
 */
const LINE_WORK_MAX = 4_000_000;

/** What is left of it for the line at hand. */
export class LineWork {
  #left = LINE_WORK_MAX;

  /** Another line. */
  begin(): void {
    this.#left = LINE_WORK_MAX;
  }

  get left(): number {
    return this.#left;
  }

  spend(work: number): void {
    this.#left = Math.max(0, this.#left - work);
  }

  /** The text, or as much of its beginning as an expression of that size may still look at. */
  lookedAt(text: string, programSize: number): string {
    const work = text.length * programSize;
    if (work <= this.#left) {
      this.#left -= work;
      return text;
    }
    const seen = text.slice(0, Math.floor(this.#left / programSize));
    this.#left = 0;
    return seen;
  }
}
