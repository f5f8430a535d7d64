import type { Labels } from '@aegisguard/model';

/** The labels with another value of one; an empty value takes it away. */
export function withLabel(labels: Labels, name: string, value: string): Labels {
  const others = labels.filter(([other]) => other !== name);
  if (value === '') {
    return others;
  }
  const at = others.findIndex(([other]) => other > name);
  return others.toSpliced(at === -1 ? others.length : at, 0, [name, value]);
}

/** The value of a label; `''` when it is not there. */
export function labelValue(labels: Labels, name: string): string {
  return labels.find(([other]) => other === name)?.[1] ?? '';
}
