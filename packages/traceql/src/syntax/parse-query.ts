// https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/
import { invalidQuery } from '@aegisguard/model';
import type { Field } from './ast/field-expression.ts';
import type { SpansetPipeline } from './ast/spanset-pipeline.ts';
import type { MetricsExpression, QueryHint, TraceQuery } from './ast/trace-query.ts';
import { parseField } from './parse/parse-field.ts';
import { type ParsedPipeline, PipelineParser } from './parse/parse-pipeline.ts';
import { parseNumeric, takeStatic } from './parse/parse-static.ts';
import { isMetrics, isSpanset } from './parse/parsed.ts';
import { TokenReader } from './parse/token-reader.ts';
import { RegexBudget } from './regex-budget.ts';

/** UTF-16 units; the same bound as the HTTP schema's, here for every caller. */
export const QUERY_LENGTH_MAX = 20_000;

function parseAll<T>(text: string, parse: (tokens: TokenReader) => T, wanted: string): T {
  if (text.length > QUERY_LENGTH_MAX) {
    throw invalidQuery(QUERY_LENGTH_MAX, `a query has at most ${QUERY_LENGTH_MAX} characters`);
  }
  const tokens = new TokenReader(text);
  const parsed = parse(tokens);
  if (tokens.peek().kind !== 'end') {
    tokens.fail(wanted);
  }
  return parsed;
}

/** Parses TraceQL. Throws `invalid-query` with the position for what Tempo's documentation does not have. Queries that are parsed together, such as parts of one, may share the bound of their regular expressions. */
export function parseQuery(query: string, regexes: RegexBudget = new RegexBudget()): TraceQuery {
  return parseAll(
    query,
    (tokens) => {
      const body = asBody(new PipelineParser(tokens, regexes).parse());
      return { body, hints: tokens.takeIf('with') ? parseHints(tokens) : [] };
    },
    'an operator, a bar with a stage behind it, with (…), or the end of the query',
  );
}

/** Parses a field that stands alone, `resource.service.name` or `name`. The same errors. */
export function parseFieldName(text: string): Field {
  return parseAll(text, parseField, 'the end of the field');
}

function asBody(parsed: ParsedPipeline): SpansetPipeline | MetricsExpression {
  if (isMetrics(parsed)) {
    return parsed;
  }
  if (!isSpanset(parsed)) {
    throw invalidQuery(parsed.at.from, 'this is a number; compare it with another: count() > 2');
  }
  return parsed.kind === 'pipeline' ? parsed : { kind: 'pipeline', stages: [parsed], at: parsed.at };
}

/** https://grafana.com/docs/tempo/latest/metrics-from-traces/metrics-queries/functions/#data-sampling and others: any name is accepted, what is not known says nothing. */
function parseHints(tokens: TokenReader): readonly QueryHint[] {
  return tokens.inParentheses(
    () =>
      tokens.list(() => {
        const { word } = tokens;
        if (word === undefined) {
          tokens.fail('the name of a hint, such as most_recent');
        }
        tokens.take();
        tokens.countPart();
        tokens.expect('=', `after the hint ${word}`);
        if (tokens.symbol === '-') {
          return { name: word, value: parseNumeric(tokens, 'a number after the minus') };
        }
        const value = takeStatic(tokens)?.value;
        return value === undefined || value.type === 'nil'
          ? tokens.fail(`a value of the hint ${word}`)
          : { name: word, value };
      }),
    'after with',
  );
}
