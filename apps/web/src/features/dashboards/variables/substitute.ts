// https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/
import { escapeRegex } from '../../../lib/escape-regex.ts';
import type { VariableScope, VariableValue } from './variable-scope.ts';

/** `$name`, `${name}`, `${name:format}` or `[[name]]`. */
const REFERENCE = /\$(\w+)|\$\{(\w+)(?:\.[^:^}]+)?(?::(\w+))?\}|\[\[(\w+)(?::(\w+))?\]\]/g;

/** Where a variable stands in a query. */
type Place = 'code' | 'text' | 'regex' | 'raw-text' | 'raw-regex';

/** As it stands between quotes. */
function escapeString(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll("'", "\\'").replaceAll('\n', '\\n');
}

function alternation({ values, isAll, allValue, isPattern = false }: VariableValue): string {
  if (isAll && allValue !== '') {
    return allValue;
  }
  if (isAll && values.length === 0) {
    return '.*';
  }
  if (isPattern && values.length === 1) {
    return values[0] ?? '';
  }
  const escaped = values.map(escapeRegex);
  // Of none it is the empty text, which is also what a label has that is not there.
  return escaped.length <= 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`;
}

function asText({ values, isAll }: VariableValue): string {
  return isAll ? 'All' : values.join(' + ');
}

const FORMATS: Readonly<Record<string, (value: VariableValue) => string>> = {
  regex: (value) => alternation({ ...value, isPattern: false }),
  csv: ({ values }) => values.join(','),
  pipe: ({ values }) => values.join('|'),
  raw: (value) => (value.isAll && value.allValue !== '' ? value.allValue : value.values.join(',')),
  text: asText,
  json: ({ values }) => JSON.stringify(values),
  doublequote: ({ values }) => values.map((value) => `"${escapeString(value)}"`).join(','),
  singlequote: ({ values }) => values.map((value) => `'${escapeString(value)}'`).join(','),
  glob: ({ values }) => (values.length === 1 ? (values[0] ?? '') : `{${values.join(',')}}`),
  percentencode: ({ values }) => encodeURIComponent(values.length === 1 ? (values[0] ?? '') : `{${values.join(',')}}`),
};

/** Which quote, if any, is open at each end of a stretch of the query, and whether its matcher takes a regex. */
class QuoteReader {
  #quote: string | undefined;
  #isRegex = false;

  /** Reads on; `before` is all of the query before the stretch. */
  read(before: string, stretch: string): void {
    const whole = before + stretch;
    for (let at = before.length; at < whole.length; at++) {
      const sign = whole[at] ?? '';
      if (this.#quote === undefined) {
        if (sign === '"' || sign === "'" || sign === '`') {
          this.#quote = sign;
          this.#isRegex = /(?:[=!|]~)\s*$/.test(whole.slice(Math.max(0, at - 8), at));
        }
      } else if (sign === '\\' && this.#quote !== '`') {
        at += 1;
      } else if (sign === this.#quote) {
        this.#quote = undefined;
      }
    }
  }

  get place(): Place {
    if (this.#quote === undefined) {
      return 'code';
    }
    const raw = this.#quote === '`';
    return this.#isRegex ? (raw ? 'raw-regex' : 'regex') : raw ? 'raw-text' : 'text';
  }
}

function inPlace(value: VariableValue, place: Place): string {
  switch (place) {
    case 'regex':
      return escapeString(alternation(value));
    case 'raw-regex':
      return alternation(value);
    case 'code':
      return value.values.join(',');
    default: {
      // A text that equals one value; several can only be meant as an alternation.
      const text = value.values.length === 1 ? (value.values[0] ?? '') : alternation(value);
      return place === 'text' ? escapeString(text) : text;
    }
  }
}

function replaceReferences(
  text: string,
  scope: VariableScope,
  write: (value: VariableValue, format: string | undefined, at: number) => string,
): string {
  let written = '';
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const [whole, plain, braced, format, bracketed, bracketedFormat] = match;
    const value = scope.get(plain ?? braced ?? bracketed ?? '');
    const replacement = value === undefined ? whole : write(value, format ?? bracketedFormat, match.index);
    written += text.slice(end, match.index) + replacement;
    end = match.index + whole.length;
  }
  return written + text.slice(end);
}

/**
 * Puts values for the variables of a PromQL or LogQL query. A variable inside a regex (`=~"$v"`) becomes an escaped alternation of its values, or what somebody wrote as its only one, inside another text the value itself, elsewhere the values with commas
 * (`by ($labels)`). What no variable is called stays as it is.
 */
export function substituteQuery(query: string, scope: VariableScope): string {
  const quotes = new QuoteReader();
  let read = 0;
  return replaceReferences(query, scope, (value, format, at) => {
    quotes.read(query.slice(0, read), query.slice(read, at));
    read = at;
    const named = format === undefined ? undefined : FORMATS[format];
    if (named === undefined) {
      return inPlace(value, quotes.place);
    }
    const text = named(value);
    return quotes.place === 'regex' && format === 'regex' ? escapeString(text) : text;
  });
}

/** Puts values for the variables of what people read: titles, legends, Markdown. */
export function substituteText(text: string, scope: VariableScope): string {
  return replaceReferences(text, scope, (value, format = 'text') => (FORMATS[format] ?? asText)(value));
}

/** The names of what a text asks for. */
export function referencedNames(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(REFERENCE)].map((match) => match[1] ?? match[2] ?? match[4] ?? ''));
}
