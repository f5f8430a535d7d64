/** What stands at a varying place of a pattern; `any` where nothing better is known. */
const WILDCARD_TYPES = [
  'number',
  'duration',
  'bytes',
  'ip',
  'uuid',
  'hex',
  'time',
  'email',
  'url',
  'path',
  'agent',
  'any',
] as const;

/** One of them. */
export type WildcardType = (typeof WILDCARD_TYPES)[number];

/** A value that was seen at a varying place, and how often. */
interface SeenValue {
  readonly value: string;
  readonly count: number;
}

/** A part of a pattern: a text that all lines have, or a place where they vary, with the values seen there most. */
export type PatternPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'wildcard'; readonly type: WildcardType; readonly values: readonly SeenValue[] };

/** Lines of one form. */
export interface LogPattern {
  readonly parts: readonly PatternPart[];
  readonly count: number;
  /** How many lines fell into each slot of time. */
  readonly counts: readonly number[];
  /** How many lines had each level. */
  readonly levels: Readonly<Record<string, number>>;
  /** One of the lines. */
  readonly sample: string;
}
