// https://grafana.com/docs/loki/latest/query/log_queries/
import { invalidQuery } from '@aegisguard/model';
import type { LogQuery } from './ast/log-query.ts';
import type { Stage } from './ast/stage.ts';
import { isComparison } from './parse-label-filter.ts';
import { parseLineFilter } from './parse-line-filter.ts';
import { parseSelector } from './parse-selector.ts';
import { parseStage } from './parse-stage.ts';
import type { TokenReader } from './token-reader.ts';

/** True when `| unwrap` comes next, which ends a pipeline: it makes numbers. */
export function isUnwrapNext(tokens: TokenReader): boolean {
  return tokens.isNext('|') && tokens.isNext('unwrap', 1) && !isComparison(tokens, 1);
}

/** Parses the stages behind a selector, up to whatever is no stage any more. */
export function parseStages(tokens: TokenReader): readonly Stage[] {
  const stages: Stage[] = [];
  for (;;) {
    const isStage = tokens.isNext('|') && !isUnwrapNext(tokens);
    if (isStage) {
      tokens.take();
    }
    const stage = isStage ? parseStage(tokens) : parseLineFilter(tokens);
    if (stage === undefined) {
      return stages;
    }
    tokens.checkCount(stages.length, 'stages');
    stages.push(stage);
  }
}

/** Parses a selector with its stages; the selector is next. */
export function parseLogQuery(tokens: TokenReader): LogQuery {
  const query: LogQuery = { kind: 'log-query', matchers: parseSelector(tokens), stages: parseStages(tokens) };
  if (isUnwrapNext(tokens)) {
    throw invalidQuery(
      tokens.peek(1).position,
      'syntax error: unexpected unwrap; it stands inside a range aggregation only, as in sum_over_time({…} | unwrap bytes [5m])',
    );
  }
  return query;
}
