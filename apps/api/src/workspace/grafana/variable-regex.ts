// https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#filter-variables-with-regex
import { textOf } from './loose-json.ts';
import type { Note } from './remarks.ts';

const REGEX_CHARS_MAX = 1000;

/** Looking around and looking back, which RE2 has not. */
const NOT_RE2 = /\(\?(?:=|!|<=|<!)|\\[1-9]|\\k</;

/** A regex as RE2 reads it: `/x/i` becomes `(?i)x`; one without slashes must match the whole value. Undefined for one that it cannot run. */
export function re2Of(text: string): string | undefined {
  const [, inside, flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(text) ?? [];
  const switches = [...flags].filter((flag) => 'ims'.includes(flag)).join('');
  const regex = inside === undefined ? `^(?:${text})$` : `${switches === '' ? '' : `(?${switches})`}${inside}`;
  return NOT_RE2.test(regex) || regex.length > REGEX_CHARS_MAX ? undefined : regex;
}

/** The regex of a variable; empty without one. */
export function regexOf(value: unknown, variable: string, note: Note): string {
  const text = textOf(value).trim();
  if (text === '') {
    return '';
  }
  const regex = re2Of(text);
  if (regex === undefined) {
    note(`the regular expression of the variable “${variable}”`, 'RE2 cannot run it; all values are offered.');
    return '';
  }
  if (/\(\?<(?:text|value)>/.test(regex)) {
    note(`groups for names of values of the variable “${variable}”`, 'Values are called by the first group.');
  }
  return regex;
}
