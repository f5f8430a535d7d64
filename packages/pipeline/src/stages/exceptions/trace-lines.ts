/** More frames are dropped: the innermost say what happened. */
export const FRAMES_MAX = 50;
/** An exception's message may have lines of its own; it is looked for so far before the first frame. UTF-16 units. */
export const HEAD_LENGTH_MAX = 4 * 1024;

/** A longer line is looked through this far. */
export const LINE_LENGTH_MAX = 8 * 1024;

/** The lines of a text, with where each begins, without a carriage return at the end. */
export function* linesOf(text: string): Generator<{ readonly line: string; readonly from: number }> {
  for (let from = 0; from < text.length; ) {
    const feed = text.indexOf('\n', from);
    const end = feed < 0 ? text.length : feed;
    const line = text.slice(from, text.charCodeAt(end - 1) === 13 && end > from ? end - 1 : end);
    yield { line, from };
    from = end + 1;
  }
}
