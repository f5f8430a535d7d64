import type { LabelMatcher } from '@aegisguard/model';
import { RE2JS } from 're2js';

/** Whether a value fits. */
export type TextTest = (value: string) => boolean;

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
      return op === '=~' ? (text) => expression.matches(text) : (text) => !expression.matches(text);
    }
  }
}
