import type { LabelMatcher } from '@aegisguard/model';
import { RE2JS } from 're2js';
import { BoundedRegex } from './bounded-regex.ts';
import { copyText } from './copy-text.ts';
import type { LineWork } from './line-work.ts';

/** Whether a value fits; `work` is that of the line whose value it is. */
export type TextTest = (value: string, work?: LineWork) => boolean;

/** Most labels have few values. */
const REMEMBERED_MAX = 256;
const REMEMBERED_LENGTH_MAX = 128;

/** A label matcher made ready: expressions match the whole value, and a dot is any character, as in a selector. */
export function compileMatcher({ op, value }: LabelMatcher): TextTest {
  switch (op) {
    case '=':
      return (text) => text === value;
    case '!=':
      return (text) => text !== value;
    case '=~':
    case '!~': {
      const expression = new BoundedRegex(value, RE2JS.DOTALL);
      const isWanted = op === '=~';
      return remembering((text, work) => expression.matches(text, work) === isWanted);
    }
  }
}

/** The same test with a memory for its first answers. */
function remembering(test: TextTest): TextTest {
  const answers = new Map<string, boolean>();
  return (text, work) => {
    const known = answers.get(text);
    if (known !== undefined) {
      return known;
    }
    const answer = test(text, work);
    if (answers.size < REMEMBERED_MAX && text.length <= REMEMBERED_LENGTH_MAX) {
      answers.set(copyText(text), answer);
    }
    return answer;
  };
}
