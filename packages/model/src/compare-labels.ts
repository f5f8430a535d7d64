import type { Labels } from './metric-batch.ts';

/** The order of label sets: names and values pair by pair, the shorter one first. */
export function compareLabels(a: Labels, b: Labels): number {
  for (let index = 0; index < a.length && index < b.length; index += 1) {
    const [name, value] = a[index] ?? ['', ''];
    const [otherName, otherValue] = b[index] ?? ['', ''];
    if (name !== otherName) {
      return name < otherName ? -1 : 1;
    }
    if (value !== otherValue) {
      return value < otherValue ? -1 : 1;
    }
  }
  return a.length - b.length;
}
