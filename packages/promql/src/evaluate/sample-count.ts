import { AegisError } from '@aegisguard/model';

/** What a query holds in memory at a time and what it has looked at, in samples, as Prometheus counts them. */
export class SampleCount {
  readonly #heldMax: number;
  #held = 0;
  #peak = 0;
  #total = 0;

  constructor(heldMax: number) {
    this.#heldMax = heldMax;
  }

  get held(): number {
    return this.#held;
  }

  get peak(): number {
    return this.#peak;
  }

  get total(): number {
    return this.#total;
  }

  /** Throws `query-too-large`, in Prometheus's words. */
  hold(samples: number): void {
    this.#held += samples;
    if (this.#held > this.#heldMax) {
      throw tooManySamples(this.#heldMax);
    }
    this.#peak = Math.max(this.#peak, this.#held);
  }

  /** Everything that was held beyond that has been let go. */
  releaseTo(held: number): void {
    this.#held = held;
  }

  /** Samples that were looked at. */
  see(samples: number): void {
    this.#total += samples;
  }

  /** What was looked at beyond that counts as something else. */
  forgetTo(total: number): void {
    this.#total = total;
  }
}

/** The refusal of a query that would need more samples than `limit`. */
export function tooManySamples(limit: number): AegisError {
  return new AegisError('query-too-large', {
    detail: 'query processing would load too many samples into memory in query execution',
    members: { limit },
  });
}
