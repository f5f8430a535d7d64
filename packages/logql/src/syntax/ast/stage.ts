import type { LabelMatcher } from '@aegisguard/model';
import type { LabelFilter } from './label-filter.ts';

/** What a line filter looks for: a text (or an expression, or a pattern, by its operator), or an address or range of them. */
export type LineFilterOperand = { readonly kind: 'text' | 'ip'; readonly value: string };

/** The operators of line filters: contains, matches (RE2, unanchored), fits a pattern, and their opposites. */
export const LINE_FILTER_OPERATORS = ['|=', '!=', '|~', '!~', '|>', '!>'] as const;

/** `|= "a" or ip("10.0.0.0/8")`: the line has one of them, or with `!`, none of them. */
export interface LineFilterStage {
  readonly kind: 'line-filter';
  readonly op: (typeof LINE_FILTER_OPERATORS)[number];
  /** At least one. */
  readonly operands: readonly LineFilterOperand[];
}

/** `status="response.code"`: a label, and where in the line its value is. */
export interface LabelExtraction {
  readonly label: string;
  readonly expression: string;
}

/** `| json`, or of named places only. */
export interface JsonStage {
  readonly kind: 'json';
  readonly extractions: readonly LabelExtraction[];
}

/** `| logfmt --strict --keep-empty`, or of named keys only. */
export interface LogfmtStage {
  readonly kind: 'logfmt';
  readonly isStrict: boolean;
  readonly keepsEmpty: boolean;
  readonly extractions: readonly LabelExtraction[];
}

/** `| regexp "(?P<name>…)"`. */
export interface RegexpStage {
  readonly kind: 'regexp';
  readonly expression: string;
}

/** `| pattern "<ip> - <_>"`. */
export interface PatternStage {
  readonly kind: 'pattern';
  readonly expression: string;
}

/** `| unpack`. */
interface UnpackStage {
  readonly kind: 'unpack';
}

/** `| status >= 400 and method="GET"`. */
interface LabelFilterStage {
  readonly kind: 'label-filter';
  readonly filter: LabelFilter;
}

/** `| line_format "{{.status}}"`. */
export interface LineFormatStage {
  readonly kind: 'line-format';
  readonly template: string;
}

/** `a=b` renames the label `b` to `a`; `a="{{.b}}"` makes `a` of a template. */
export type LabelFormat =
  | { readonly label: string; readonly from: string }
  | { readonly label: string; readonly template: string };

/** `| label_format a=b, c="{{.d}}"`. */
export interface LabelFormatStage {
  readonly kind: 'label-format';
  readonly formats: readonly LabelFormat[];
}

/** `| decolorize`. */
interface DecolorizeStage {
  readonly kind: 'decolorize';
}

/** `| drop a, b="x"` and `| keep a, b=~"x.*"`: labels by name, or where their value matches. */
export interface LabelSelectionStage {
  readonly kind: 'drop' | 'keep';
  readonly labels: readonly (string | LabelMatcher)[];
}

/** A step of a log query's pipeline. */
export type Stage =
  | LineFilterStage
  | JsonStage
  | LogfmtStage
  | RegexpStage
  | PatternStage
  | UnpackStage
  | LabelFilterStage
  | LineFormatStage
  | LabelFormatStage
  | DecolorizeStage
  | LabelSelectionStage;
