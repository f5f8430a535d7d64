import type { Stage } from '../../syntax/ast/stage.ts';

/** Where the values of labels come from at a place of a pipeline: from the log alone, also from parts of its line, or made in some other way. */
export type LabelOrigin = 'log' | 'line' | 'made';

const PARSERS: ReadonlySet<Stage['kind']> = new Set(['json', 'logfmt', 'regexp', 'pattern', 'unpack']);

/** Follows a pipeline stage by stage. */
export class LabelOrigins {
  #isLineOriginal = true;
  now: LabelOrigin = 'log';

  step({ kind }: Stage): void {
    if (kind === 'label-format') {
      this.now = 'made';
    } else if (PARSERS.has(kind) && this.now !== 'made') {
      this.now = this.#isLineOriginal ? 'line' : 'made';
    }
    // What `unpack` makes the line is a part of what the line was.
    this.#isLineOriginal &&= kind !== 'line-format' && kind !== 'decolorize';
  }
}
