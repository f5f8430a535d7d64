import type { Labels, LabelValues } from '@aegisguard/model';

type Label = Labels[number];

function byName([a]: Label, [b]: Label): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** Labels in their order. */
export function labelSet(values: LabelValues): Labels {
  return orderedLabels(Object.entries(values));
}

/** The same of labels in any order. */
export function orderedLabels(labels: Iterable<Label>): Labels {
  return [...labels].sort(byName);
}

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

/** The value of a label; `''` when there is none. */
export function labelOf(labels: Labels, name: string): string {
  return labels.find(([other]) => other === name)?.[1] ?? '';
}

/** The labels with another value of one; an empty value removes it. */
export function withLabel(labels: Labels, name: string, value: string): Labels {
  const others = labels.filter(([other]) => other !== name);
  return value === '' ? others : orderedLabels([...others, [name, value]]);
}

/** The order of label sets in an answer: by the first label that differs, its name first. */
export function compareLabelSets(a: Labels, b: Labels): number {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const [[nameA, valueA], [nameB, valueB]] = [a[at] ?? ['', ''], b[at] ?? ['', '']];
    if (nameA !== nameB) {
      return nameA < nameB ? -1 : 1;
    }
    if (valueA !== valueB) {
      return valueA < valueB ? -1 : 1;
    }
  }
  return a.length - b.length;
}

/** Labels as Loki's messages show them: `{app="api", level="error"}`. */
export function printLabels(labels: Labels): string {
  return `{${labels.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}}`;
}
