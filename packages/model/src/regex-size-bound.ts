const REPETITION = /\{(\d{1,4})(,(\d{0,4}))?\}/y;

/** Where a character class that opens at `start` ends: behind its `]`. A `]` that comes first is a member. */
function endOfClass(pattern: string, start: number): number {
  let at = start + (pattern.charAt(start + 1) === '^' ? 2 : 1);
  if (pattern.charAt(at) === ']') {
    at += 1;
  }
  while (at < pattern.length && pattern.charAt(at) !== ']') {
    at += pattern.charAt(at) === '\\' ? 2 : 1;
  }
  return at + 1;
}

/**
 * About how many instructions a regular expression compiles to, told in one pass over its text: `a{1000}` is seven characters and a thousand instructions, and
 * compiling a few hundred of them takes seconds. It need not be exact and does not judge the syntax.
 */
export function regexSizeBound(pattern: string): number {
  /** Sizes of the groups around the one at hand, outermost first, each up to its opening parenthesis. */
  const outer: number[] = [];
  let size = 0;
  let atom = 0;
  let at = 0;
  while (at < pattern.length) {
    REPETITION.lastIndex = at;
    const repetition = REPETITION.exec(pattern);
    const char = pattern.charAt(at);
    if (repetition !== null) {
      const times = Math.max(Number(repetition[1]), Number(repetition[3] ?? 0), 1);
      size += atom * (times - 1);
      atom *= times;
      at += repetition[0].length;
      continue;
    }
    if (char === '(') {
      outer.push(size);
      size = 0;
      atom = 0;
    } else if (char === ')') {
      atom = size + 1;
      size = (outer.pop() ?? 0) + atom;
    } else {
      atom = 1;
      size += 1;
    }
    at = char === '[' ? endOfClass(pattern, at) : at + (char === '\\' ? 2 : 1);
  }
  return outer.reduce((sum, part) => sum + part, size);
}
