import type { Labels } from '@aegisguard/model';

/** A text that two label sets have in common when, and only when, they are the same. */
export function labelsKey(labels: Labels): string {
  let key = '';
  for (const [name, value] of labels) {
    key += `${name.length}:${name}${value.length}:${value}`;
  }
  return key;
}
