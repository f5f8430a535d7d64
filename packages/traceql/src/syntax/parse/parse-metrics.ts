// https://grafana.com/docs/tempo/latest/metrics-from-traces/metrics-queries/functions/
import { invalidQuery } from '@aegisguard/model';
import type { Field } from '../ast/field-expression.ts';
import type { SpansetFilter } from '../ast/spanset-pipeline.ts';
import type { MetricsAggregate, MetricsStage } from '../ast/trace-query.ts';
import type { FieldTypes } from '../check/check-field-types.ts';
import { parseField } from './parse-field.ts';
import { parseNumeric } from './parse-static.ts';
import type { TokenReader } from './token-reader.ts';

const COUNTS = ['rate', 'count_over_time'] as const;
const MEASURES = ['min_over_time', 'max_over_time', 'avg_over_time', 'sum_over_time', 'histogram_over_time'] as const;
const METRICS: ReadonlySet<string> = new Set<MetricsAggregate['kind']>([
  ...COUNTS,
  ...MEASURES,
  'quantile_over_time',
  'compare',
]);
/** Fields that series may be told apart by. */
const GROUPS_MAX = 10;
/** Of one function: each is a series of its own for every group. */
const QUANTILES_MAX = 20;
/** Of one query: each looks at every point of every series. */
const STAGES_MAX = 20;
const TOP_DEFAULT = 10;
/** Series, or values per attribute, that can be asked for. */
const LIMIT_MAX = 100_000n;
const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='] as const;
type Comparison = (typeof COMPARISONS)[number];

/** True for the name of a function that makes series of spans. */
export function isMetricsFunction(word: string | undefined): word is MetricsAggregate['kind'] {
  return word !== undefined && METRICS.has(word);
}

/** True for a comparison that numbers have. */
function isComparison(symbol: string | undefined): symbol is Comparison {
  return (COMPARISONS as readonly (string | undefined)[]).includes(symbol);
}

/** Parses the functions that make series of spans. */
export class MetricsParser {
  readonly #tokens: TokenReader;
  readonly #types: FieldTypes;
  readonly #parseFilter: () => SpansetFilter;
  #stages = 0;

  constructor(tokens: TokenReader, types: FieldTypes, parseFilter: () => SpansetFilter) {
    this.#tokens = tokens;
    this.#types = types;
    this.#parseFilter = parseFilter;
  }

  /** Parses a function, whose name is next, with its grouping. */
  parseAggregate(kind: MetricsAggregate['kind']): MetricsAggregate {
    const tokens = this.#tokens;
    const { from } = tokens.take().at;
    tokens.countPart();
    switch (kind) {
      case 'rate':
      case 'count_over_time':
        tokens.expect('(', `after ${kind}`);
        tokens.expect(')', `: ${kind} has no arguments`);
        return { kind, by: this.#grouping(), at: tokens.since(from) };
      case 'quantile_over_time':
        return { kind, ...this.#quantiles(), by: this.#grouping(), at: tokens.since(from) };
      case 'compare':
        return { kind, ...this.#comparison(), at: tokens.since(from) };
      default: {
        const of = tokens.inParentheses(() => this.#measured(kind), `after ${kind}`);
        return { kind, of, by: this.#grouping(), at: tokens.since(from) };
      }
    }
  }

  /** Parses what is done with series: comparisons with a number, and what stands behind bars. */
  parseStages(): MetricsStage[] {
    const stages: MetricsStage[] = [];
    for (;;) {
      const stage = this.#stage();
      if (stage === undefined) {
        return stages;
      }
      stages.push(stage);
    }
  }

  /** Parses a comparison of series, whose operator is next. */
  parseFilter(op: Comparison): MetricsStage {
    const tokens = this.#tokens;
    const { from } = tokens.take().at;
    this.#countStage(from);
    const value = parseNumeric(tokens, 'a number or a duration that the series are compared with');
    return { kind: 'filter', op, value, at: tokens.since(from) };
  }

  #stage(): MetricsStage | undefined {
    const tokens = this.#tokens;
    const { symbol } = tokens;
    if (isComparison(symbol)) {
      return this.parseFilter(symbol);
    }
    if (symbol !== '|') {
      return undefined;
    }
    tokens.take();
    const { word } = tokens;
    if (word !== 'topk' && word !== 'bottomk') {
      return tokens.fail('topk or bottomk, which are all that can be done with series behind a bar');
    }
    const { from } = tokens.take().at;
    this.#countStage(from);
    const limit = tokens.inParentheses(() => this.#limit(`how many series ${word} leaves`), `after ${word}`);
    return { kind: word, limit, at: tokens.since(from) };
  }

  #countStage(from: number): void {
    this.#tokens.countPart();
    this.#stages += 1;
    if (this.#stages > STAGES_MAX) {
      throw invalidQuery(from, `a query has at most ${STAGES_MAX} stages of series`);
    }
  }

  #limit(what: string): number {
    const { from } = this.#tokens.peek().at;
    const { type, value } = parseNumeric(this.#tokens, `a whole number, ${what}`);
    if (type !== 'int' || value < 1n || value > LIMIT_MAX) {
      throw invalidQuery(from, `${what} is a whole number from 1 to ${LIMIT_MAX}`);
    }
    return Number(value);
  }

  #measured(owner: string): Field {
    const field = parseField(this.#tokens);
    this.#types.checkMeasure(field, owner);
    return field;
  }

  #grouping(): readonly Field[] {
    const tokens = this.#tokens;
    if (!tokens.takeIf('by')) {
      return [];
    }
    const { from } = tokens.peek().at;
    const fields = tokens.inParentheses(() => tokens.list(() => parseField(tokens)), 'after by');
    if (fields.length > GROUPS_MAX) {
      throw invalidQuery(from, `series can be told apart by at most ${GROUPS_MAX} fields`);
    }
    for (const field of fields) {
      this.#types.checkGroup(field);
    }
    return fields;
  }

  #quantiles(): { readonly of: Field; readonly quantiles: readonly number[] } {
    const tokens = this.#tokens;
    return tokens.inParentheses(() => {
      const of = this.#measured('quantile_over_time');
      tokens.expect(',', 'and at least one quantile, such as .99');
      let count = 0;
      const quantiles = tokens.list(() => {
        const { from } = tokens.peek().at;
        count += 1;
        if (count > QUANTILES_MAX) {
          throw invalidQuery(from, `quantile_over_time has at most ${QUANTILES_MAX} quantiles`);
        }
        const { type, value } = parseNumeric(tokens, 'a quantile, such as .99');
        if (type === 'duration' || !(value >= 0 && value <= 1)) {
          throw invalidQuery(from, 'a quantile is a number from 0 to 1');
        }
        return Number(value);
      });
      return { of, quantiles };
    }, 'after quantile_over_time');
  }

  #comparison(): Pick<Extract<MetricsAggregate, { kind: 'compare' }>, 'selection' | 'topN' | 'start' | 'end'> {
    const tokens = this.#tokens;
    return tokens.inParentheses(() => {
      const selection = this.#parseFilter();
      if (!tokens.takeIf(',')) {
        return { selection, topN: TOP_DEFAULT };
      }
      const topN = this.#limit('how many values of an attribute compare tells');
      if (!tokens.takeIf(',')) {
        return { selection, topN };
      }
      const start = this.#time();
      tokens.expect(',', 'and the end: compare has both times or none');
      const { from } = tokens.peek().at;
      const end = this.#time();
      if (end <= start) {
        throw invalidQuery(from, 'the end of what is compared lies behind its start');
      }
      return { selection, topN, start, end };
    }, 'after compare');
  }

  #time(): bigint {
    const { from } = this.#tokens.peek().at;
    const { type, value } = parseNumeric(this.#tokens, 'a time in Unix nanoseconds');
    if (type !== 'int' || value < 0n) {
      throw invalidQuery(from, 'times of compare are whole Unix nanoseconds');
    }
    return value;
  }
}
