import { parseQuery, printQuery, type SpansetPipeline } from '@aegisguard/traceql';
import { expect, it } from 'vitest';
import { queryOf, spansOf } from './flat-filter.ts';

function printed(query: SpansetPipeline | undefined): string | undefined {
  return query && printQuery({ body: query, hints: [] });
}

function pipelineOf(query: string): SpansetPipeline {
  const { body } = parseQuery(query);
  if (body.kind !== 'pipeline') {
    throw new TypeError('a query of spansets is meant');
  }
  return body;
}

it('asks all flat fields of one span', () => {
  const flat = {
    service: 'shop',
    operation: 'GET',
    status: 'error',
    minDurationMs: 0.0000015,
    maxDurationMs: 2,
  } as const;
  expect(printed(queryOf(undefined, flat))).toBe(
    '{ resource.service.name = "shop" && name = "GET" && status = error && duration >= 2ns && duration <= 2ms }',
  );
});

it('finds an attribute by its text, wherever Jaeger has tags', () => {
  expect(printed(queryOf(undefined, { attributes: { code: '200' } }))).toBe(
    '{ span.code = "200" || span.code = 200.0 || resource.code = "200" || resource.code = 200.0 || event.code = "200" || event.code = 200.0 }',
  );
  expect(printed(queryOf(undefined, { attributes: { ok: true, n: '1e3' } }))).toBe(
    '{ (span.ok = "true" || span.ok = true || resource.ok = "true" || resource.ok = true || event.ok = "true" || event.ok = true) && (span.n = "1e3" || resource.n = "1e3" || event.n = "1e3") }',
  );
});

it('joins a query: both are true of a trace, or of a span', () => {
  const query = pipelineOf('{ .a } >> { .b }');
  const flat = { service: 'shop' };
  expect(queryOf(query, {})).toBe(query);
  expect(printed(queryOf(query, flat))).toBe('({ .a } >> { .b }) && { resource.service.name = "shop" }');
  expect(printed(spansOf(query, flat))).toBe('({ .a } >> { .b }) | { resource.service.name = "shop" }');
  expect(queryOf(undefined, {})).toBeUndefined();
});
