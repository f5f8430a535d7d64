import type { Labels } from '@aegisguard/model';

const NAME = '__name__';
/** What says of a metric what it is. */
const METADATA = new Set([NAME, '__type__', '__unit__']);

/** The value of a label; `''` when there is none. */
export function labelOf(labels: Labels, wanted: string): string {
  for (const [name, value] of labels) {
    if (name === wanted) {
      return value;
    }
  }
  return '';
}

/** The value of `__name__`; `''` when there is none. */
export function metricName(labels: Labels): string {
  return labelOf(labels, NAME);
}

/** The labels without the metric's name, type and unit: what is computed from a metric is another one. */
export function withoutName(labels: Labels): Labels {
  return labels.some(([name]) => METADATA.has(name)) ? labels.filter(([name]) => !METADATA.has(name)) : labels;
}

/** Only the labels of these names. */
export function onlyLabels(labels: Labels, names: ReadonlySet<string>): Labels {
  return labels.filter(([name]) => names.has(name));
}

/** The labels but those of these names. */
export function withoutLabels(labels: Labels, names: ReadonlySet<string>): Labels {
  return labels.filter(([name]) => !names.has(name));
}

/** The labels with one of them set, or taken away when the value is `''`. */
export function withLabel(labels: Labels, name: string, value: string): Labels {
  const others = labels.filter(([other]) => other !== name);
  if (value === '') {
    return others;
  }
  const at = others.findIndex(([other]) => other > name);
  return at === -1 ? [...others, [name, value]] : [...others.slice(0, at), [name, value], ...others.slice(at)];
}
