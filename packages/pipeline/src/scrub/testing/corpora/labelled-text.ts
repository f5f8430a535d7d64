import type { DetectorName } from '@aegisguard/model';

/** A text, and what in it is to be found. */
export interface LabelledText {
  readonly text: string;
  /** Last name of the field that it stands in. */
  readonly field: string;
  /** UTF-16 offsets of what must go; absent in a look-alike, in which nothing must be touched. */
  readonly label?: { readonly kind: DetectorName; readonly start: number; readonly end: number };
}

/** Something of a kind, ready to be put into a text. */
export interface LabelledValue {
  readonly kind: DetectorName;
  readonly value: string;
}

/** The text of a template, whose `{}` is the value. */
export function placed(template: string, { kind, value }: LabelledValue, field = 'message'): LabelledText {
  const start = template.indexOf('{}');
  const text = template.slice(0, start) + value + template.slice(start + 2);
  return { text, field, label: { kind, start, end: start + value.length } };
}

/** A text in which there is nothing. */
export function lookAlike(text: string, field = 'message'): LabelledText {
  return { text, field };
}
