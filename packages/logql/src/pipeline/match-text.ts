import type { LabelMatcher } from '@aegisguard/model';
import { RE2JS } from 're2js';
import { copyText } from './copy-text.ts';

/** Whether a value fits. */
export type TextTest = (value: string) => boolean;

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
      const expression = RE2JS.compile(value, RE2JS.DOTALL);
      return remembering(op === '=~' ? (text) => expression.matches(text) : (text) => !expression.matches(text));
    }
  }
}

/** The same test with a memory for its first answers. */
function remembering(test: TextTest): TextTest {
  const answers = new Map<string, boolean>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) {
      return known;
    }
    const answer = test(text);
    if (answers.size < REMEMBERED_MAX && text.length <= REMEMBERED_LENGTH_MAX) {
      answers.set(copyText(text), answer);
    }
    return answer;
  };
}
