import { invalidQuery, type LineFilter, unsupportedQuery } from '@aegisguard/model';
import { checkRegex } from './check-regex.ts';
import { describeToken, type Token } from './token.ts';
import type { TokenReader } from './token-reader.ts';
import { LABEL_FILTER_OPERATORS, UNSUPPORTED_STAGES } from './unsupported.ts';

/** Each costs the store a search a line. */
const LINE_FILTERS_MAX = 100;
const OPERATORS: readonly LineFilter['op'][] = ['|=', '!=', '|~', '!~'];
const PATTERN_OPERATORS = ['|>', '!>'] as const;

function parseLineFilter(tokens: TokenReader, op: LineFilter['op']): LineFilter {
  const value = tokens.peek();
  if (value.kind === 'name' && value.text === 'ip') {
    throw unsupportedQuery(value.position, 'ip() in a line filter is');
  }
  if (value.kind !== 'string') {
    tokens.fail(`a text in double quotes or backticks after "${op}"`);
  }
  tokens.take();
  if (op === '|~' || op === '!~') {
    checkRegex(value.text, value.position);
  }
  if (tokens.isNext('or')) {
    throw unsupportedQuery(tokens.peek().position, '"or" between the texts of a line filter is');
  }
  return { op, value: value.text };
}

/** Refuses what stands behind a single bar: a stage that we do not run yet, a label filter, or nothing that LogQL has. */
function refuseStage(tokens: TokenReader): never {
  const bar = tokens.take();
  const stage: Token = tokens.peek();
  if (stage.kind === 'name' && UNSUPPORTED_STAGES.has(stage.text)) {
    throw unsupportedQuery(stage.position, `the stage "${stage.text}" is`);
  }
  if (stage.kind === 'name' || (stage.kind === 'symbol' && stage.text === '(')) {
    tokens.take();
    const isFilter = LABEL_FILTER_OPERATORS.has(tokens.peek().text) || stage.kind === 'symbol';
    if (isFilter) {
      throw unsupportedQuery(bar.position, 'label filters are');
    }
  }
  throw invalidQuery(
    stage.position,
    `expected a stage such as json, or a label filter, after "|", found ${describeToken(stage)}`,
  );
}

/** Parses the line filters behind a selector, up to whatever is no stage any more. */
export function parsePipeline(tokens: TokenReader): readonly LineFilter[] {
  const filters: LineFilter[] = [];
  for (;;) {
    const { position } = tokens.peek();
    const op = OPERATORS.find((operator) => tokens.takeIf(operator));
    if (op === undefined) {
      break;
    }
    if (filters.length === LINE_FILTERS_MAX) {
      throw unsupportedQuery(position, `more than ${LINE_FILTERS_MAX} line filters are`);
    }
    filters.push(parseLineFilter(tokens, op));
  }
  const next = tokens.peek();
  if (PATTERN_OPERATORS.some((operator) => tokens.isNext(operator))) {
    throw unsupportedQuery(next.position, `the pattern filter "${next.text}" is`);
  }
  if (tokens.isNext('|')) {
    refuseStage(tokens);
  }
  return filters;
}
