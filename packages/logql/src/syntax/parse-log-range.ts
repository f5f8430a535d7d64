// https://grafana.com/docs/loki/latest/query/metric_queries/#range-vector-aggregation
import { invalidQuery, type LabelMatcher, parseDuration } from '@aegisguard/model';
import type { LabelFilter } from './ast/label-filter.ts';
import { type LogRange, UNWRAP_CONVERSIONS, type Unwrap } from './ast/range-aggregation.ts';
import type { Stage } from './ast/stage.ts';
import { isComparison, parseLabelFilter } from './parse-label-filter.ts';
import { isUnwrapNext, parseStages } from './parse-log-query.ts';
import { parseSelector } from './parse-selector.ts';
import type { TokenReader } from './token-reader.ts';

/** What a duration holds in Go, in nanoseconds. */
const DURATION_MAX = 2n ** 63n - 1n;

/** A log range as far as it has been read. */
interface LogRangeDraft {
  readonly matchers: readonly LabelMatcher[];
  readonly stages: readonly Stage[];
  readonly unwrap: Unwrap | undefined;
  readonly window: Window | undefined;
}

type Window = Pick<LogRange, 'range' | 'offset'>;

function expectDuration(tokens: TokenReader): bigint {
  const { text, position } = tokens.expect('duration', 'a duration such as 5m');
  const nanos = parseDuration(text) ?? 0n;
  if (nanos > DURATION_MAX) {
    throw invalidQuery(position, 'duration out of range');
  }
  return nanos;
}

function parseOffset(tokens: TokenReader): bigint {
  if (!tokens.takeIf('offset')) {
    return 0n;
  }
  const sign = tokens.takeIf('-') ? -1n : 1n;
  return sign * expectDuration(tokens);
}

/** `[5m] offset 1h`, if that is next. */
function parseWindow(tokens: TokenReader): Window | undefined {
  if (!tokens.takeIf('[')) {
    return undefined;
  }
  const { position } = tokens.peek();
  const range = expectDuration(tokens);
  if (range === 0n) {
    throw invalidQuery(position, 'a range must be longer than nothing');
  }
  tokens.expectSymbol(']', 'after the range');
  return { range, offset: parseOffset(tokens) };
}

/** `| unwrap bytes(size) | size > 0`, if that is next. */
function parseUnwrap(tokens: TokenReader): Unwrap | undefined {
  if (!isUnwrapNext(tokens)) {
    return undefined;
  }
  tokens.take();
  tokens.take();
  const { text } = tokens.expect('name', 'a label name, or a conversion such as bytes(…), after unwrap');
  const conversion = tokens.isNext('(') ? UNWRAP_CONVERSIONS.find((one) => one === text) : undefined;
  const label =
    conversion === undefined
      ? text
      : tokens.inParentheses(() => tokens.expect('name', 'a label name').text, `after ${conversion}`);
  const filters: LabelFilter[] = [];
  while (tokens.takeIf('|')) {
    tokens.checkCount(filters.length, 'label filters after unwrap');
    if (!(tokens.isNext('(') || isComparison(tokens))) {
      tokens.fail('a label filter such as __error__="", which alone may stand after unwrap');
    }
    filters.push(parseLabelFilter(tokens));
  }
  return { label, ...(conversion === undefined ? {} : { conversion }), filters };
}

/** The range stands before or behind the pipeline, and parentheses around any of it. */
function parseDraft(tokens: TokenReader): LogRangeDraft {
  const isInner = tokens.isNext('(');
  const inner = isInner
    ? tokens.inParentheses(() => parseDraft(tokens), 'to begin a log query')
    : { matchers: parseSelector(tokens), stages: [], unwrap: undefined, window: undefined };
  if (inner.window !== undefined) {
    return inner;
  }
  const early = parseWindow(tokens);
  const hasPipeline = inner.stages.length > 0 || inner.unwrap !== undefined;
  const pipeline = hasPipeline ? inner : { stages: parseStages(tokens), unwrap: parseUnwrap(tokens) };
  return {
    matchers: inner.matchers,
    stages: pipeline.stages,
    unwrap: pipeline.unwrap,
    window: early ?? parseWindow(tokens),
  };
}

/** Parses `{…} |= "x" | unwrap y [5m] offset 1h`. */
export function parseLogRange(tokens: TokenReader): LogRange {
  if (!(tokens.isNext('{') || tokens.isNext('('))) {
    tokens.fail('a log query, which begins with "{"');
  }
  const { matchers, stages, unwrap, window } = parseDraft(tokens);
  if (window === undefined) {
    tokens.fail('a range such as [5m]');
  }
  return {
    query: { kind: 'log-query', matchers, stages },
    ...(unwrap === undefined ? {} : { unwrap }),
    ...window,
  };
}
