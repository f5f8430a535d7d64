import type { SourceRange } from './source-range.ts';

/** `1.5`, `0x1f`, `Inf`, `NaN`, and a duration in seconds: `5m` is 300. */
export interface NumberLiteral {
  readonly kind: 'number';
  readonly value: number;
  /** Written as a duration. */
  readonly isDuration: boolean;
  readonly source: SourceRange;
}

/** `"text"`, in any of the three quotes. */
export interface StringLiteral {
  readonly kind: 'string';
  readonly value: string;
  readonly source: SourceRange;
}
