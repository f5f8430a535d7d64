import type { TextFormat, TextProblem } from './document-text.ts';

/** What somebody has written over the document as a text; it stays as it is written. */
export interface WrittenText {
  readonly text: string;
  readonly format: TextFormat;
  /** What the form said then: a text that can be read is outdated when that has changed. */
  readonly for: string;
  /** Why it cannot be read: as long as there are any, nothing else says what is in it. */
  readonly problems: readonly TextProblem[];
}
