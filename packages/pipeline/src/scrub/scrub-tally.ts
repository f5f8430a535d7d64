/** Counts what was replaced in one batch: per detector, strategy and place. */
export class ScrubTally {
  private readonly counts = new Map<string, { detector: string; strategy: string; place: string; count: number }>();

  add(detector: string, strategy: string, place: string): void {
    const name = `${detector} ${strategy} ${place}`;
    const known = this.counts.get(name);
    if (known === undefined) {
      this.counts.set(name, { detector, strategy, place, count: 1 });
    } else {
      known.count += 1;
    }
  }

  rows(): readonly {
    readonly detector: string;
    readonly strategy: string;
    readonly place: string;
    readonly count: number;
  }[] {
    return [...this.counts.values()];
  }
}
