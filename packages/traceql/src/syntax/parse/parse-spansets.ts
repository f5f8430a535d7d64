// Precedence climbing over https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/#combine-spansets-using-operators
import { invalidQuery } from '@aegisguard/model';
import type { SpansetAggregate, SpansetFilter } from '../ast/spanset-pipeline.ts';
import type { FieldTypes } from '../check/check-field-types.ts';
import { combine, findSpansetOperator, type SpansetOperator, spansetStrength } from './combine.ts';
import { parseFieldExpression } from './parse-field-expression.ts';
import type { MetricsParser } from './parse-metrics.ts';
import type { ParsedPipeline } from './parse-pipeline.ts';
import { isNumeric, negate, takeStatic } from './parse-static.ts';
import { isMetrics, type Parsed } from './parsed.ts';
import type { TokenReader } from './token-reader.ts';

const AGGREGATES: ReadonlySet<string> = new Set<SpansetAggregate['name']>(['count', 'avg', 'min', 'max', 'sum']);
const BEGINNING = 'spans in braces such as { status = error }, or an aggregate such as count()';

/** An operand, and whether parentheses stand around it. */
interface Operand {
  readonly parsed: Parsed;
  readonly isWrapped: boolean;
}

/** Parses what stands between bars: spansets, numbers and series with operators between them. */
export class SpansetParser {
  readonly #tokens: TokenReader;
  readonly #types: FieldTypes;
  readonly #metrics: MetricsParser;
  readonly #parsePipeline: () => ParsedPipeline;

  constructor(tokens: TokenReader, types: FieldTypes, metrics: MetricsParser, parsePipeline: () => ParsedPipeline) {
    this.#tokens = tokens;
    this.#types = types;
    this.#metrics = metrics;
    this.#parsePipeline = parsePipeline;
  }

  /** Parses an expression. */
  parse(): Parsed {
    return this.#expression(0).parsed;
  }

  /** Parses `{ … }`. */
  parseFilter(): SpansetFilter {
    const tokens = this.#tokens;
    const { from } = tokens.peek().at;
    tokens.expect('{', ': spans in braces');
    tokens.countPart();
    if (tokens.takeIf('}')) {
      return { kind: 'spanset-filter', at: tokens.since(from) };
    }
    const condition = parseFieldExpression(tokens);
    tokens.expect('}', 'to close the braces, or an operator');
    this.#types.checkCondition(condition);
    return { kind: 'spanset-filter', condition, at: tokens.since(from) };
  }

  #expression(strengthMin: number): Operand {
    const { from } = this.#tokens.peek().at;
    let left = this.#operand();
    for (;;) {
      const op = findSpansetOperator(this.#tokens.symbol);
      if (op === undefined || spansetStrength(op) < strengthMin) {
        return left;
      }
      left = { parsed: this.#operation(left, op, from), isWrapped: false };
    }
  }

  #operation(left: Operand, op: SpansetOperator, from: number): Parsed {
    const tokens = this.#tokens;
    const operator = tokens.peek().at.from;
    // Series are compared with a number, which ends where the next comparison or a bar begins.
    if (isMetrics(left.parsed) && left.parsed.kind !== 'number' && isFilterOperator(op)) {
      const { parsed } = left;
      if (parsed.kind === 'metrics' && parsed.aggregate.kind === 'compare') {
        throw invalidQuery(operator, 'nothing can be done with what compare answers');
      }
      const stage = this.#metrics.parseFilter(op);
      return { ...parsed, stages: [...parsed.stages, stage], at: tokens.since(from) };
    }
    tokens.take();
    tokens.countPart();
    const strength = spansetStrength(op);
    const right = op === '^' ? tokens.deeper(() => this.#expression(strength)) : this.#expression(strength + 1);
    return combine(op, left, right, { operator, at: tokens.since(from) });
  }

  #operand(): Operand {
    const tokens = this.#tokens;
    const { symbol, word } = tokens;
    if (symbol === '{') {
      return { parsed: this.parseFilter(), isWrapped: false };
    }
    if (symbol === '(') {
      return { parsed: tokens.inParentheses(this.#parsePipeline, 'to begin an expression'), isWrapped: true };
    }
    if (word !== undefined && AGGREGATES.has(word)) {
      return { parsed: this.#aggregate(word as SpansetAggregate['name']), isWrapped: false };
    }
    return { parsed: this.#number(), isWrapped: false };
  }

  #aggregate(name: SpansetAggregate['name']): SpansetAggregate {
    const tokens = this.#tokens;
    const { from } = tokens.take().at;
    tokens.countPart();
    if (name === 'count') {
      tokens.expect('(', 'after count');
      tokens.expect(')', ': count has no arguments');
      return { kind: 'aggregate', name, at: tokens.since(from) };
    }
    const of = tokens.inParentheses(() => parseFieldExpression(tokens), `after ${name}`);
    this.#types.checkMeasure(of, name);
    return { kind: 'aggregate', name, of, at: tokens.since(from) };
  }

  /** A number between aggregates. A minus belongs to the number behind it. */
  #number(): Parsed {
    const tokens = this.#tokens;
    const { from } = tokens.peek().at;
    const isMinus = tokens.takeIf('-');
    const number = takeStatic(tokens);
    if (number === undefined || !isNumeric(number.value)) {
      return number === undefined
        ? tokens.fail(isMinus ? 'a number after the minus' : BEGINNING)
        : refuse(number.at.from, `numbers of spansets are compared with numbers; expected ${BEGINNING}`);
    }
    return isMinus ? { ...number, value: negate(number.value), at: tokens.since(from) } : number;
  }
}

function refuse(position: number, problem: string): never {
  throw invalidQuery(position, problem);
}

function isFilterOperator(op: SpansetOperator): op is '=' | '!=' | '<' | '<=' | '>' | '>=' {
  return op === '=' || op === '!=' || op === '<' || op === '<=' || op === '>' || op === '>=';
}
