import type { Labels } from '@aegisguard/model';

const NAME = '__name__';

/** The order of label sets: names and values pair by pair, the shorter one first. */
export function compareLabels(a: Labels, b: Labels): number {
  for (const [index, [name, value]] of a.entries()) {
    const other = b[index];
    if (other === undefined) {
      return 1;
    }
    if (name !== other[0]) {
      return name < other[0] ? -1 : 1;
    }
    if (value !== other[1]) {
      return value < other[1] ? -1 : 1;
    }
  }
  return a.length - b.length;
}

/** The value of `__name__`; `''` when there is none. */
export function metricName(labels: Labels): string {
  return labels.find(([name]) => name === NAME)?.[1] ?? '';
}

/** The labels without the metric's name: what a function makes of a metric is another one. */
export function withoutName(labels: Labels): Labels {
  return labels.filter(([name]) => name !== NAME);
}
