import type { SpanAggregation, SpanField, SpanFieldValue, SpanGroup, SpanRecord } from '@aegisguard/model';
import { expect } from 'vitest';
import { readField } from './span-condition-reference.ts';

type Read = (field: SpanField, span: SpanRecord) => SpanFieldValue | undefined;

/** The value that stands for a field. */
export function firstValue(
  field: SpanField,
  span: SpanRecord,
  traces: ReadonlyMap<string, readonly SpanRecord[]>,
): SpanFieldValue | undefined {
  const [values] = readField(field, span, traces.get(span.traceId) ?? []);
  const [first] = values ?? [];
  // There is one zero among values.
  return typeof first === 'number' ? first + 0 : first;
}

/** Groups of spans, each measured in the plainest way. */
export function referenceGroups(
  { start, step, by, measure }: SpanAggregation,
  spans: readonly SpanRecord[],
  read: Read,
): SpanGroup[] {
  const measured = spans.flatMap((span) => {
    const value = measure.kind === 'count' ? 1 : numberOf(measure.field, read(measure.field, span));
    return value === undefined ? [] : [{ span, value, bucket: Number((span.startTime - start) / step) }];
  });
  const groups = Map.groupBy(measured, ({ span }) => keyOf(by.map((field) => read(field, span))));
  return [...groups.values()].map((own) => {
    const cells = [
      ...Map.groupBy(
        own,
        ({ bucket, value }) => `${bucket} ${measure.kind === 'log2' ? powerOf(measure.field, value) : ''}`,
      ),
    ]
      .map(([key, inCell]) => ({
        bucket: Number(key.split(' ')[0]),
        power: Number(key.split(' ')[1]),
        value: reduce(
          measure.kind,
          inCell.map(({ value }) => value),
        ),
      }))
      .sort((a, b) => a.bucket - b.bucket || a.power - b.power);
    const [first] = own;
    return {
      by: by.map((field) => first && read(field, first.span)),
      buckets: cells.map(({ bucket }) => bucket),
      values: cells.map(({ value }) => value),
      ...(measure.kind === 'log2' ? { powers: cells.map(({ power }) => power) } : {}),
    };
  });
}

/** Equal but for their order, and for how floating point adds up. */
export function expectGroups(found: readonly SpanGroup[], expected: readonly SpanGroup[]): void {
  const sorted = (groups: readonly SpanGroup[]) =>
    groups
      .map((group) => ({ ...group, values: group.values.map((value) => Number(value.toPrecision(10))) }))
      .sort((a, b) => (keyOf(a.by) < keyOf(b.by) ? -1 : 1));
  expect(sorted(found)).toStrictEqual(sorted(expected));
}

function numberOf(field: SpanField, value: SpanFieldValue | undefined): number | undefined {
  const isNanos = field.kind === 'intrinsic';
  return typeof value === 'bigint' && isNanos ? Number(value) / 1e9 : typeof value === 'number' ? value : undefined;
}

function keyOf(values: readonly (SpanFieldValue | undefined)[]): string {
  return JSON.stringify(values.map((value) => `${typeof value} ${value}`));
}

/** Of nanoseconds where it is nanoseconds. */
function powerOf(field: SpanField, value: number): number {
  const perOne = field.kind === 'intrinsic' ? 1e9 : 1;
  let power = 2 ** -1_074;
  while (value > 0 && power < Math.round(value * perOne * 1e6) / 1e6) {
    power *= 2;
  }
  return value > 0 ? power / perOne : 0;
}

function reduce(kind: SpanAggregation['measure']['kind'], values: readonly number[]): number {
  switch (kind) {
    case 'sum':
      return values.reduce((sum, value) => sum + value, 0);
    case 'min':
      return Math.min(...values);
    case 'max':
      return Math.max(...values);
    default:
      return values.length;
  }
}
