import type { Labels } from '@aegisguard/model';

/** A text that two label sets have in common when, and only when, they are the same; if wanted only as far as the labels of some names go. */
export function labelsKey(labels: Labels, counts?: (name: string) => boolean): string {
  let key = '';
  for (const [name, value] of labels) {
    if (counts === undefined || counts(name)) {
      key += `${name.length}:${name}${value.length}:${value}`;
    }
  }
  return key;
}
