/** Ids in one statement: a few hundred kB of text would be refused. */
const SERIES_AT_ONCE = 2_000;
/** What one statement should give; the engine's bounds on answers and memory are several times that. */
const SAMPLES_AT_ONCE = 1_000_000;
/** Before anything is known of the series. */
const SUPPOSED_INTERVAL_MS = 10_000;
/** Times as many series as in the statement before: those that were read may be the rare ones. */
const GROWTH_MAX = 8;

/** How many series the next statement over a range takes: as if each had a sample every ten seconds, until statements have shown how many there are. */
export class StatementSize {
  #series: number;

  constructor(rangeMs: number) {
    this.#series = seriesThatFit(rangeMs / SUPPOSED_INTERVAL_MS);
  }

  get series(): number {
    return this.#series;
  }

  /** A statement over so many series gave so many samples. */
  learn(series: number, samples: number): void {
    this.#series = Math.min(seriesThatFit(samples / series), this.#series * GROWTH_MAX);
  }
}

function seriesThatFit(samplesPerSeries: number): number {
  return Math.min(SERIES_AT_ONCE, Math.max(1, Math.floor(SAMPLES_AT_ONCE / Math.max(1, samplesPerSeries))));
}
