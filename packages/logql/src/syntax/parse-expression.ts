// Precedence climbing over https://grafana.com/docs/loki/latest/query/#order-of-operations
import { invalidQuery } from '@aegisguard/model';
import { BINARY_PRECEDENCE, type BinaryOperation, type BinaryOperator } from './ast/binary-operation.ts';
import type { LabelReplace, MetricExpression, VectorLiteral } from './ast/metric-expression.ts';
import type { Query } from './ast/query.ts';
import { atPosition } from './at-position.ts';
import { checkBinary, settleBinary } from './check-binary.ts';
import { isScalar } from './is-scalar.ts';
import { parseLogQuery } from './parse-log-query.ts';
import { parseMatching } from './parse-matching.ts';
import { isNumberNext, parseNumber } from './parse-number.ts';
import { findRangeOperation, parseRangeAggregation } from './parse-range-aggregation.ts';
import { findVectorOperation, parseVectorAggregation } from './parse-vector-aggregation.ts';
import type { Token } from './token.ts';
import type { TokenReader } from './token-reader.ts';

const STRENGTHS: ReadonlyMap<string, number> = new Map(
  BINARY_PRECEDENCE.flatMap((operators, strength) => operators.map((operator) => [operator, strength] as const)),
);
const BEGINNING = 'a log query, which begins with "{", a function such as rate, or a number';

/** Parses expressions of one query. */
export class ExpressionParser {
  readonly #tokens: TokenReader;
  #operators = 0;
  #ranges = 0;

  constructor(tokens: TokenReader) {
    this.#tokens = tokens;
  }

  /** An expression whose operators bind at least so strongly. */
  parse(strengthMin = 0): Query {
    let left = this.#operand();
    for (;;) {
      const { position } = this.#tokens.peek();
      const op = this.#operator(strengthMin);
      if (op === undefined) {
        return left;
      }
      left = this.#operation(checkMetric(left, position, `left leg of binary operation (${op})`), op);
    }
  }

  /** The operator that comes next, if it binds strongly enough. */
  #operator(strengthMin: number): BinaryOperator | undefined {
    const { kind, text } = this.#tokens.peek();
    const strength = kind === 'symbol' || kind === 'name' ? STRENGTHS.get(text) : undefined;
    return strength === undefined || strength < strengthMin ? undefined : (text as BinaryOperator);
  }

  #operation(left: MetricExpression, op: BinaryOperator): MetricExpression {
    const tokens = this.#tokens;
    tokens.checkCount(this.#operators, 'operators');
    this.#operators += 1;
    const { position } = tokens.take();
    const isBool = tokens.takeIf('bool');
    const matching = parseMatching(tokens);
    const strength = STRENGTHS.get(op) ?? 0;
    const { position: rightPosition } = tokens.peek();
    const right = checkMetric(
      this.parse(op === '^' ? strength : strength + 1),
      rightPosition,
      `right leg of binary operation (${op})`,
    );
    const written = matching === undefined ? {} : { matching };
    const operation: BinaryOperation = { kind: 'binary-operation', op, left, right, isBool, ...written };
    checkBinary(operation, position);
    return settleBinary(operation);
  }

  #operand(): Query {
    const tokens = this.#tokens;
    if (tokens.isNext('(')) {
      return tokens.inParentheses(() => this.parse(), 'to begin an expression');
    }
    if (tokens.isNext('{')) {
      return parseLogQuery(tokens);
    }
    if (isNumberNext(tokens) || tokens.isNext('-') || tokens.isNext('+')) {
      return { kind: 'number', value: parseNumber(tokens, 'a number after the sign') };
    }
    const { kind, text } = tokens.peek();
    const call = kind === 'name' ? this.#callOf(text) : undefined;
    return call === undefined ? tokens.fail(BEGINNING) : call(tokens.take());
  }

  /** What reads the arguments of a function, whose name is taken by then. */
  #callOf(name: string): ((token: Token) => MetricExpression) | undefined {
    const tokens = this.#tokens;
    const range = findRangeOperation(name);
    if (range !== undefined) {
      tokens.checkCount(this.#ranges, 'range aggregations');
      this.#ranges += 1;
      return (token) => parseRangeAggregation(tokens, token, range);
    }
    const vector = findVectorOperation(name);
    if (vector !== undefined) {
      return (token) => parseVectorAggregation(tokens, token, vector, (wanted) => this.#series(wanted));
    }
    switch (name) {
      case 'vector':
        return () => this.#vector();
      case 'label_replace':
        return () => this.#labelReplace();
      default:
        return undefined;
    }
  }

  /** An argument that must be series. */
  #series(owner: string): MetricExpression {
    const { position } = this.#tokens.peek();
    const operand = checkMetric(this.parse(), position, owner);
    if (isScalar(operand)) {
      throw invalidQuery(
        position,
        `unexpected expr type: ${owner} needs series, such as those of rate({…}[5m]), not a number`,
      );
    }
    return operand;
  }

  #vector(): VectorLiteral {
    const parse = () => parseNumber(this.#tokens, 'a number');
    return { kind: 'vector', value: this.#tokens.inParentheses(parse, 'after vector') };
  }

  /** https://grafana.com/docs/loki/latest/query/#label_replace */
  #labelReplace(): LabelReplace {
    const tokens = this.#tokens;
    const text = (what: string): Token => {
      tokens.expectSymbol(',', `before ${what}`);
      return tokens.expectText(`with ${what}`);
    };
    return tokens.inParentheses(() => {
      const operand = this.#series('label_replace');
      const destination = text('the label to write').text;
      const replacement = text('the replacement').text;
      const source = text('the label to read').text;
      const expression = text('a regular expression');
      atPosition(expression.position, () => tokens.compile(expression), 'invalid regex in label_replace: ');
      return { kind: 'label-replace', operand, destination, replacement, source, expression: expression.text };
    }, 'after label_replace');
  }
}

function checkMetric(query: Query, position: number, place: string): MetricExpression {
  if (query.kind === 'log-query') {
    throw invalidQuery(
      position,
      `unexpected type for ${place}: a log query, where numbers are needed, such as rate({…}[5m])`,
    );
  }
  return query;
}
