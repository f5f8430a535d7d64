// https://www.postgresql.org/docs/current/runtime-config-logging.html#RUNTIME-CONFIG-SEVERITY-LEVELS

/** First lines only: what follows one (DETAIL, STATEMENT, …) can hold an organization's data. */
const WORTH_SAYING = /^(?:WARNING|ERROR|FATAL|PANIC): /;
/** What a start, a stop or a crash makes every client hear; the keeper speaks of those itself. */
const EXPECTED =
  /: +(?:terminating connection due to|the database system is (?:starting up|shutting down|in recovery))/;
/** A broken server or a client that errs in a loop must not flood the terminal. */
const LINES_PER_MINUTE = 20;
const MINUTE_MS = 60_000;

/** Chooses from the lines that PostgreSQL writes those that the user should see: warnings and worse, so many a minute. */
export class PostgresLog {
  readonly #say: (line: string) => void;
  readonly #now: () => number;
  #minuteStartMs = Number.NEGATIVE_INFINITY;
  #linesInMinute = 0;

  /** `now` is in ms, from any origin. */
  constructor(say: (line: string) => void, now: () => number = () => performance.now()) {
    this.#say = say;
    this.#now = now;
  }

  hear(line: string): void {
    if (!WORTH_SAYING.test(line) || EXPECTED.test(line)) return;
    if (this.#now() - this.#minuteStartMs >= MINUTE_MS) {
      const leftOut = this.#linesInMinute - LINES_PER_MINUTE;
      if (leftOut > 0) this.#say(`postgres: ${leftOut} more such lines were left out`);
      this.#minuteStartMs = this.#now();
      this.#linesInMinute = 0;
    }
    this.#linesInMinute++;
    if (this.#linesInMinute <= LINES_PER_MINUTE) this.#say(`postgres: ${line}`);
  }
}
