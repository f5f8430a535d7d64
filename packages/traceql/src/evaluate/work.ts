/** Steps between two looks at the clock; one is some microseconds at most. */
const STEPS = 1_000;

/** Counts what is done while nobody else can have a turn, and looks at the clock now and then. */
export class Work {
  readonly #check: () => void;
  #left = STEPS;

  /** `check` throws when it must end. */
  constructor(check: () => void) {
    this.#check = check;
  }

  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) {
      this.#left = STEPS;
      this.#check();
    }
  }
}
