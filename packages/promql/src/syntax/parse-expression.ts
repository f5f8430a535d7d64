// Precedence climbing over https://prometheus.io/docs/prometheus/latest/querying/operators/#binary-operator-precedence
import { invalidQuery } from '@aegisguard/model';
import { findFunction } from '../functions/function-signatures.ts';
import { AGGREGATIONS, type Aggregation, type AggregationOperator } from './ast/aggregation.ts';
import { BINARY_OPERATORS, type BinaryOperator } from './ast/binary-operation.ts';
import type { Expression } from './ast/expression.ts';
import type { SourceRange } from './ast/source-range.ts';
import { settleMatching, type WrittenOperator } from './check-binary.ts';
import { parseGroupingLabels } from './parse-grouping-labels.ts';
import { parseOperatorModifiers } from './parse-matching.ts';
import { parseModifiers } from './parse-modifiers.ts';
import { parseNumber } from './parse-number.ts';
import { isMetricName, parseSelector } from './parse-selector.ts';
import type { RegexBudget } from './regex-budget.ts';
import type { Token } from './token.ts';
import type { TokenReader } from './token-reader.ts';
import { unquote } from './unquote.ts';

const STRENGTHS: ReadonlyMap<string, number> = new Map(
  BINARY_OPERATORS.flatMap((operators, strength) => operators.map((operator) => [operator, strength] as const)),
);
const POWER_STRENGTH = BINARY_OPERATORS.length - 1;
/** Keywords that name functions, too. */
const FUNCTION_KEYWORDS = new Set(['start', 'end', 'step', 'range', 'min_of', 'max_of']);
const WITH_PARAMETER: ReadonlySet<AggregationOperator> = new Set([
  'topk',
  'bottomk',
  'limitk',
  'limit_ratio',
  'quantile',
  'count_values',
]);

/** Parses expressions; their types are not looked at yet. */
export class ExpressionParser {
  readonly #reader: TokenReader;
  readonly #regexes: RegexBudget;
  /** Of every binary operation, for the check of types. */
  readonly written = new Map<Expression, WrittenOperator>();

  constructor(reader: TokenReader, regexes: RegexBudget) {
    this.#reader = reader;
    this.#regexes = regexes;
  }

  /** An expression whose operators bind at least so strongly. A chain of them leans to the left, each within the next. */
  parse(strengthMin = 0): Expression {
    return this.#reader.nested(() => {
      let left = this.#signed();
      for (let operations = 0; ; operations += 1) {
        this.#reader.checkDepth(operations);
        const op = this.#operator(strengthMin);
        if (op === undefined) {
          return left;
        }
        left = this.#operation(left, op);
      }
    });
  }

  /** The operator that comes next, if it binds strongly enough. */
  #operator(strengthMin: number): BinaryOperator | undefined {
    const { kind, word } = this.#reader.peek();
    const strength = kind === 'symbol' || kind === 'keyword' ? STRENGTHS.get(word) : undefined;
    return strength === undefined || strength < strengthMin ? undefined : (word as BinaryOperator);
  }

  #operation(left: Expression, op: BinaryOperator): Expression {
    const { from: position } = this.#reader.take();
    const { isBool, matching } = parseOperatorModifiers(this.#reader);
    const strength = STRENGTHS.get(op) ?? 0;
    const right = this.parse(op === '^' ? strength : strength + 1);
    const source = { from: left.source.from, to: right.source.to };
    const settled = settleMatching({ op, left, right }, matching);
    const operation: Expression = { kind: 'binary', op, left, right, isBool, matching: settled, source };
    this.written.set(operation, { position, matching });
    return operation;
  }

  /** A sign binds weaker than `^` only: `-1 ^ 2` is −1. Before a number, it is part of it. */
  #signed(): Expression {
    const reader = this.#reader;
    const sign = reader.peek();
    if (sign.kind !== 'symbol' || (sign.text !== '+' && sign.text !== '-')) {
      return parseModifiers(reader, this.#operand());
    }
    reader.take();
    const expression = this.parse(POWER_STRENGTH);
    const source = { from: sign.from, to: expression.source.to };
    return expression.kind === 'number'
      ? { ...expression, value: sign.text === '-' ? -expression.value : expression.value, source }
      : { kind: 'unary', op: sign.text, expression, source };
  }

  #operand(): Expression {
    const reader = this.#reader;
    const token = reader.peek();
    if (token.kind === 'string') {
      return { kind: 'string', value: unquote(reader.take()), source: sourceOf(token) };
    }
    if (token.kind === 'number' || token.kind === 'duration') {
      const isDuration = token.kind === 'duration';
      return { kind: 'number', value: parseNumber(reader.take()), isDuration, source: sourceOf(token) };
    }
    if (reader.isNext('(')) {
      return this.#parentheses();
    }
    const aggregation = AGGREGATIONS.find((name) => reader.isNext(name));
    if (aggregation !== undefined && ['(', 'by', 'without'].some((word) => reader.isNext(word, 1))) {
      return this.#aggregation(aggregation);
    }
    if (this.#isCall(token)) {
      return this.#call();
    }
    if (!(reader.isNext('{') || isMetricName(token))) {
      reader.unexpected();
    }
    return parseSelector(reader, this.#regexes);
  }

  #parentheses(): Expression {
    const { from } = this.#reader.take();
    const expression = this.parse();
    const { to } = this.#reader.expect(')');
    return { kind: 'parentheses', expression, source: { from, to } };
  }

  #isCall({ kind, word }: Token): boolean {
    const isName = kind === 'identifier' || (kind === 'keyword' && FUNCTION_KEYWORDS.has(word));
    return isName && this.#reader.isNext('(', 1);
  }

  #call(): Expression {
    const { text: name, from } = this.#reader.take();
    const parsed = this.#arguments();
    if (findFunction(name) === undefined) {
      throw invalidQuery(from, `unknown function with name "${name}"`);
    }
    return { kind: 'call', name, arguments: parsed, source: { from, to: this.#reader.end } };
  }

  #arguments(): Expression[] {
    const reader = this.#reader;
    reader.expect('(');
    const parsed: Expression[] = [];
    while (!reader.takeIf(')')) {
      parsed.push(this.parse());
      if (!reader.isNext(')')) {
        const comma = reader.expect(',');
        if (reader.isNext(')')) {
          throw invalidQuery(comma.from, 'trailing commas not allowed in function call args');
        }
      }
    }
    return parsed;
  }

  #aggregation(op: AggregationOperator): Aggregation {
    const reader = this.#reader;
    const { from } = reader.take();
    return reader.inAggregation(() => {
      const before = this.#grouping();
      const parsed = this.#arguments();
      const { grouping, isWithout } = before ?? this.#grouping() ?? { grouping: [], isWithout: false };
      const wanted = WITH_PARAMETER.has(op) ? 2 : 1;
      if (parsed.length === 0) {
        throw invalidQuery(from, 'no arguments for aggregate expression provided');
      }
      const expression = parsed[wanted - 1];
      if (expression === undefined || parsed.length > wanted) {
        throw invalidQuery(
          from,
          `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${parsed.length}`,
        );
      }
      const parameter = wanted === 2 ? parsed[0] : undefined;
      const source = { from, to: reader.end };
      return { kind: 'aggregation', op, expression, parameter, grouping, isWithout, source };
    });
  }

  /** `by (…)` or `without (…)`, before or behind the arguments. */
  #grouping(): Pick<Aggregation, 'grouping' | 'isWithout'> | undefined {
    const reader = this.#reader;
    const isWithout = reader.isNext('without');
    if (!(isWithout || reader.isNext('by'))) {
      return undefined;
    }
    reader.take();
    return { grouping: parseGroupingLabels(reader), isWithout };
  }
}

function sourceOf({ from, to }: Token): SourceRange {
  return { from, to };
}
