/** More frames are dropped: the innermost say what happened. */
export const FRAMES_MAX = 50;
/** An exception's message may have lines of its own; it is looked for so far before the first frame. UTF-16 units. */
export const HEAD_LENGTH_MAX = 4 * 1024;

/** A longer line is looked through this far. */
export const LINE_LENGTH_MAX = 8 * 1024;

/** A text of more lines is looked through this far: it bounds what a hostile one costs to some milliseconds. */
const LINES_MAX = 2000;

/** The lines of a text, with where each begins. */
export function* linesOf(text: string): Generator<{ readonly line: string; readonly from: number }> {
  for (let from = 0, count = 0; from < text.length && count < LINES_MAX; count += 1) {
    const feed = text.indexOf('\n', from);
    const end = feed < 0 ? text.length : feed;
    yield { line: text.slice(from, end), from };
    from = end + 1;
  }
}
