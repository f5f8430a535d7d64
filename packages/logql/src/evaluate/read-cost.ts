import type { QueryStats } from '@aegisguard/model';

/** What all that a query read has cost together. */
export class ReadCost {
  #elapsedMs = 0;
  #rowsRead = 0;
  #bytesRead = 0;

  add({ elapsedMs, rowsRead, bytesRead }: QueryStats): void {
    this.#elapsedMs += elapsedMs;
    this.#rowsRead += rowsRead;
    this.#bytesRead += bytesRead;
  }

  get stats(): QueryStats {
    return { elapsedMs: this.#elapsedMs, rowsRead: this.#rowsRead, bytesRead: this.#bytesRead };
  }
}
