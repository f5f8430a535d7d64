// https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/
import { invalidQuery } from '@aegisguard/model';
import type {
  CoalesceStage,
  GroupStage,
  PipelineStage,
  ScalarExpression,
  ScalarPipeline,
  SelectStage,
  SpansetExpression,
  SpansetPipeline,
} from '../ast/spanset-pipeline.ts';
import type { MetricsExpression } from '../ast/trace-query.ts';
import { FieldTypes } from '../check/check-field-types.ts';
import type { RegexBudget } from '../regex-budget.ts';
import { isArithmetic, partsOf } from './combine.ts';
import { parseField } from './parse-field.ts';
import { parseFieldExpression } from './parse-field-expression.ts';
import { isMetricsFunction, MetricsParser } from './parse-metrics.ts';
import { SpansetParser } from './parse-spansets.ts';
import { isMetrics, isSpanset, type Parsed } from './parsed.ts';
import type { TokenReader } from './token-reader.ts';

/** Stages that group spans, of one query: each may give as many spansets as there are spans. */
const GROUP_STAGES_MAX = 10;

/** What a pipeline comes to: spansets, series, or, in parentheses only, a number. */
export type ParsedPipeline = SpansetExpression | SpansetPipeline | MetricsExpression | ScalarExpression;

/** Parses pipelines of one query. */
export class PipelineParser {
  readonly #tokens: TokenReader;
  readonly #types: FieldTypes;
  readonly #spansets: SpansetParser;
  readonly #metrics: MetricsParser;
  #groups = 0;

  constructor(tokens: TokenReader, regexes: RegexBudget) {
    this.#tokens = tokens;
    this.#types = new FieldTypes(regexes);
    this.#metrics = new MetricsParser(tokens, this.#types, () => this.#spansets.parseFilter());
    this.#spansets = new SpansetParser(tokens, this.#types, this.#metrics, () => this.parse());
  }

  /** Parses everything up to the closing parenthesis or the end of the query. */
  parse(): ParsedPipeline {
    const { from } = this.#tokens.peek().at;
    const first = this.#firstStage();
    if (isMetrics(first)) {
      return this.#withStages(first);
    }
    if (!(isSpanset(first) || first.kind === 'by')) {
      if (this.#tokens.symbol === '|') {
        throw invalidQuery(first.at.from, 'a number is compared with another before the bar: count() > 2');
      }
      return first;
    }
    const stages: [PipelineStage, ...PipelineStage[]] = [first];
    while (this.#tokens.takeIf('|')) {
      if (readsPipelines(first)) {
        throw invalidQuery(first.at.from, 'a comparison of pipelines is the whole query, nothing stands behind it');
      }
      const { word } = this.#tokens;
      if (isMetricsFunction(word)) {
        return this.#series(stages, from, word);
      }
      const stage = this.#laterStage();
      if (!isStage(stage)) {
        return this.#number(stages, from, stage);
      }
      stages.push(stage);
    }
    return asSpansets(stages, () => this.#tokens.since(from));
  }

  #firstStage(): Parsed | GroupStage {
    const { word } = this.#tokens;
    if (word === 'by') {
      return this.#group();
    }
    return this.#spansets.parse();
  }

  #laterStage(): Parsed | PipelineStage {
    const { word } = this.#tokens;
    switch (word) {
      case 'by':
        return this.#group();
      case 'coalesce':
        return this.#coalesce();
      case 'select':
        return this.#select();
      case 'topk':
      case 'bottomk':
        return this.#tokens.fail(`a function such as rate() before ${word}, which is of series`);
      default: {
        const stage = this.#spansets.parse();
        checkLaterStage(stage);
        return stage;
      }
    }
  }

  #group(): GroupStage {
    const tokens = this.#tokens;
    const { from } = tokens.take().at;
    tokens.countPart();
    this.#groups += 1;
    if (this.#groups > GROUP_STAGES_MAX) {
      throw invalidQuery(from, `a query groups spans at most ${GROUP_STAGES_MAX} times`);
    }
    const of = tokens.inParentheses(() => parseFieldExpression(tokens), 'after by');
    this.#types.checkGroup(of);
    return { kind: 'by', of, at: tokens.since(from) };
  }

  #coalesce(): CoalesceStage {
    const tokens = this.#tokens;
    const { from } = tokens.take().at;
    tokens.countPart();
    tokens.expect('(', 'after coalesce');
    tokens.expect(')', ': coalesce has no arguments');
    return { kind: 'coalesce', at: tokens.since(from) };
  }

  #select(): SelectStage {
    const tokens = this.#tokens;
    const { from } = tokens.take().at;
    tokens.countPart();
    const fields = tokens.inParentheses(() => tokens.list(() => parseField(tokens)), 'after select');
    return { kind: 'select', fields, at: tokens.since(from) };
  }

  #series(
    stages: [PipelineStage, ...PipelineStage[]],
    from: number,
    word: Parameters<MetricsParser['parseAggregate']>[0],
  ): MetricsExpression {
    const made = asSpansets(stages, () => this.#tokens.since(from));
    const spansets: SpansetPipeline =
      made.kind === 'pipeline' ? made : { kind: 'pipeline', stages: [made], at: made.at };
    const aggregate = this.#metrics.parseAggregate(word);
    return this.#withStages({
      kind: 'metrics',
      spansets,
      aggregate,
      stages: [],
      at: this.#tokens.since(from),
    });
  }

  #withStages(series: MetricsExpression): MetricsExpression {
    const stages = this.#metrics.parseStages();
    const [stage] = stages;
    if (isArithmetic(this.#tokens.symbol)) {
      this.#tokens.fail('parentheses around a query of series that operators stand beside');
    }
    if (stage === undefined || series.kind === 'number') {
      return series;
    }
    if (series.kind === 'metrics' && series.aggregate.kind === 'compare') {
      throw invalidQuery(stage.at.from, 'nothing can be done with what compare answers');
    }
    return { ...series, stages: [...series.stages, ...stages], at: this.#tokens.since(series.at.from) };
  }

  /** What a pipeline that ends with a number is; whoever opened the parentheses compares it. */
  #number(stages: readonly [PipelineStage, ...PipelineStage[]], from: number, result: Parsed): ScalarPipeline {
    if (this.#tokens.symbol !== ')' || isMetrics(result) || isSpanset(result)) {
      throw invalidQuery(result.at.from, 'a number is compared with another: count() > 2');
    }
    if (!isOfSpanset(result)) {
      throw invalidQuery(result.at.from, 'a pipeline ends with an aggregate of its spans, such as count()');
    }
    const at = this.#tokens.since(from);
    return { kind: 'scalar-pipeline', pipeline: { kind: 'pipeline', stages, at }, result, at };
  }
}

function isStage(parsed: Parsed | PipelineStage): parsed is PipelineStage {
  return (
    parsed.kind === 'by' ||
    parsed.kind === 'coalesce' ||
    parsed.kind === 'select' ||
    (!isMetrics(parsed) && isSpanset(parsed))
  );
}

/** A single stage that gives spansets is no pipeline. */
function asSpansets(
  stages: readonly [PipelineStage, ...PipelineStage[]],
  at: () => SpansetPipeline['at'],
): SpansetExpression {
  const [first] = stages;
  const isAlone = stages.length === 1 && first.kind !== 'by' && first.kind !== 'coalesce' && first.kind !== 'select';
  return isAlone ? first : { kind: 'pipeline', stages, at: at() };
}

/** True when a number is that of a pipeline in parentheses. */
function hasPipeline(scalar: ScalarExpression): boolean {
  return partsOf(scalar).includes('scalar-pipeline');
}

/** True for a number that aggregates, and nothing but values beside them, make. */
function isOfSpanset(scalar: ScalarExpression): boolean {
  return partsOf(scalar).includes('aggregate') && !hasPipeline(scalar);
}

/** True for comparisons of pipelines' numbers. */
function readsPipelines(stage: PipelineStage | Parsed): boolean {
  return stage.kind === 'scalar-filter' && (hasPipeline(stage.left) || hasPipeline(stage.right));
}

/** Refuses what would look at the whole trace again, where a stage is given what the one before it has left. */
function checkLaterStage(stage: Parsed): void {
  if (stage.kind === 'pipeline' || readsPipelines(stage)) {
    throw invalidQuery(stage.at.from, 'a pipeline in parentheses begins a query, it does not stand behind a bar');
  }
  if (stage.kind === 'spanset-operation') {
    for (const side of [stage.left, stage.right]) {
      checkLaterStage(side);
      if (side.kind === 'scalar-filter') {
        throw invalidQuery(side.at.from, 'behind a bar, numbers of spansets are compared in a stage of their own');
      }
    }
  }
}
