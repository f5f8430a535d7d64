import type { Labels } from '@aegisguard/model';

type Pair = Labels[number];

/** Makes labels of stored maps. Pairs that come again are the same object: most of a series' labels are those of many others. */
export class LabelReading {
  readonly #pairs = new Map<string, Map<string, Pair>>();

  read(metric: string, names: unknown, values: unknown): Labels {
    const texts = values as readonly unknown[];
    const labels = (names as readonly unknown[]).map((name, index) => this.#pair(String(name), String(texts[index])));
    if (metric !== '') {
      labels.push(this.#pair('__name__', metric));
    }
    return labels.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  }

  #pair(name: string, value: string): Pair {
    let ofName = this.#pairs.get(name);
    if (ofName === undefined) {
      ofName = new Map();
      this.#pairs.set(name, ofName);
    }
    let pair = ofName.get(value);
    if (pair === undefined) {
      pair = [name, value];
      ofName.set(value, pair);
    }
    return pair;
  }
}
