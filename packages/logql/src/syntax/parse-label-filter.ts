// https://grafana.com/docs/loki/latest/query/log_queries/#label-filter-expression
import { invalidQuery, parseDuration } from '@aegisguard/model';
import { parseBytes } from '../pipeline/convert/parse-bytes.ts';
import type { ComparisonOperator, LabelFilter, NumberLabelFilter } from './ast/label-filter.ts';
import { isIpNext, parseIp } from './parse-ip.ts';
import { parseMatcher } from './parse-matcher.ts';
import type { Token } from './token.ts';
import type { TokenReader } from './token-reader.ts';

const OPERATORS: ReadonlyMap<string, ComparisonOperator | undefined> = new Map([
  ['=', '='],
  ['==', '='],
  ['!=', '!='],
  ['>', '>'],
  ['>=', '>='],
  ['<', '<'],
  ['<=', '<='],
  ['=~', undefined],
  ['!~', undefined],
]);
const WEAKEST = 0;
const STRENGTHS = { or: 1, and: 2 } as const;

/** True when a label and an operator that compares it stand ahead. */
export function isComparison(tokens: TokenReader, ahead = 0): boolean {
  const operator = tokens.peek(ahead + 1);
  return tokens.peek(ahead).kind === 'name' && operator.kind === 'symbol' && OPERATORS.has(operator.text);
}

/** Parses one filter, and knows how many there are already. */
class LabelFilterParser {
  readonly #tokens: TokenReader;
  #count = 0;

  constructor(tokens: TokenReader) {
    this.#tokens = tokens;
  }

  /** Filters whose joints bind at least so strongly. Where no word joins two of them, but a comma or nothing at all, everything behind that belongs to its right side. */
  parse(strengthMin: number): LabelFilter {
    const tokens = this.#tokens;
    let left = this.#operand();
    for (;;) {
      const word = (['or', 'and'] as const).find((one) => tokens.isNext(one) && !isComparison(tokens));
      if (word !== undefined) {
        if (STRENGTHS[word] < strengthMin) {
          return left;
        }
        tokens.take();
        left = { kind: word, left, right: this.parse(STRENGTHS[word] + 1) };
      } else if (tokens.takeIf(',') || tokens.isNext('(') || isComparison(tokens)) {
        left = { kind: 'and', left, right: this.parse(WEAKEST) };
      } else {
        return left;
      }
    }
  }

  #operand(): LabelFilter {
    const tokens = this.#tokens;
    if (tokens.isNext('(')) {
      return tokens.inParentheses(() => this.parse(WEAKEST), 'to begin a label filter');
    }
    tokens.checkCount(this.#count, 'label filters in one stage');
    this.#count += 1;
    const { text: name } = tokens.expect('name', 'a label filter such as status>=400');
    return parseComparison(tokens, name);
  }
}

function parseComparison(tokens: TokenReader, name: string): LabelFilter {
  const { kind, text } = tokens.peek();
  const op = kind === 'symbol' ? OPERATORS.get(text) : undefined;
  const value = tokens.peek(1);
  const isText = kind === 'symbol' && OPERATORS.has(text) && op === undefined;
  if (isText || ((text === '=' || text === '!=') && value.kind === 'string')) {
    return { kind: 'text', matcher: parseMatcher(tokens, name) };
  }
  if (op === undefined) {
    tokens.fail(`an operator such as "=" or ">=" after the label ${name}`);
  }
  tokens.take();
  if ((text === '=' || text === '!=') && isIpNext(tokens)) {
    return { kind: 'ip', name, op: text, value: parseIp(tokens) };
  }
  const texts = text === '=' || text === '!=' ? 'a text in quotes, ' : '';
  return { name, op, ...parseQuantity(tokens, `${texts}a number, a duration or a size after "${text}"`) };
}

/** The value of a label filter: `-1.5`, `1h30m`, `20KB`. */
function parseQuantity(tokens: TokenReader, wanted: string): Pick<NumberLabelFilter, 'kind' | 'value' | 'text'> {
  const isMinus = tokens.isNext('-');
  if (isMinus || tokens.isNext('+')) {
    tokens.take();
  }
  const token = tokens.peek();
  const value = quantityOf(token);
  if (value === undefined || (isMinus && token.kind === 'bytes')) {
    tokens.fail(wanted);
  }
  if (!Number.isFinite(value)) {
    throw invalidQuery(token.position, 'unable to parse literal as a float: value out of range');
  }
  tokens.take();
  const kind = token.kind as NumberLabelFilter['kind'];
  return isMinus ? { kind, value: -value, text: `-${token.text}` } : { kind, value, text: token.text };
}

function quantityOf({ kind, text }: Token): number | undefined {
  switch (kind) {
    case 'number':
      return Number(text);
    case 'duration':
      return Number(parseDuration(text));
    case 'bytes': {
      const bytes = parseBytes(text);
      return typeof bytes === 'number' ? bytes : undefined;
    }
    default:
      return undefined;
  }
}

/** Parses a label filter with everything that is joined to it. */
export function parseLabelFilter(tokens: TokenReader): LabelFilter {
  return new LabelFilterParser(tokens).parse(WEAKEST);
}
