import { holdsOf } from '../evaluate/compare-values.ts';
import type { Turns } from '../evaluate/turns.ts';
import type { MetricsStage } from '../syntax/ast/trace-query.ts';
import { inOrder, type MetricsSeries, seriesKey } from './metrics-series.ts';

/** Series of durations are in seconds. */
const NANOS_PER_SECOND = 1e9;

/** What is done with series, one stage after the other. Series without a value left are gone. Throws `query-timeout`. */
export async function runStages(
  series: readonly MetricsSeries[],
  stages: readonly MetricsStage[],
  turns: Turns,
): Promise<readonly MetricsSeries[]> {
  let left: readonly MetricsSeries[] = inOrder(series);
  for (const stage of stages) {
    await turns.pass();
    left = stage.kind === 'filter' ? filtered(left, stage) : await ranked(left, stage, turns);
  }
  return left;
}

function filtered(
  series: readonly MetricsSeries[],
  { op, value }: Extract<MetricsStage, { kind: 'filter' }>,
): MetricsSeries[] {
  const bound = value.type === 'duration' ? Number(value.value) / NANOS_PER_SECOND : Number(value.value);
  return withValues(
    series.map((one) => ({
      ...one,
      values: one.values.map((own) => (holdsOf(op, own - bound) ? own : Number.NaN)),
    })),
  );
}

/** Those with the greatest, or least, values of each bucket, as PromQL's; of equals those with the first labels. */
async function ranked(
  series: readonly MetricsSeries[],
  { kind, limit }: Extract<MetricsStage, { kind: 'topk' | 'bottomk' }>,
  turns: Turns,
): Promise<MetricsSeries[]> {
  const direction = kind === 'topk' ? -1 : 1;
  const kept = series.map(({ values }) => new Float64Array(values.length).fill(Number.NaN));
  const bucketCount = series[0]?.values.length ?? 0;
  for (let bucket = 0; bucket < bucketCount; bucket += 1) {
    await turns.pass();
    const valued = series.flatMap(({ values }, place) => {
      const value = values[bucket] ?? Number.NaN;
      return Number.isNaN(value) ? [] : [{ value, place }];
    });
    valued.sort((a, b) => direction * (a.value - b.value) || a.place - b.place);
    for (const { value, place } of valued.slice(0, limit)) {
      const column = kept[place];
      if (column !== undefined) {
        column[bucket] = value;
      }
    }
  }
  return withValues(series.map((one, place) => ({ ...one, values: kept[place] ?? one.values })));
}

/** Without what has no value. */
function withValues(series: readonly MetricsSeries[]): MetricsSeries[] {
  return series.filter(({ values }) => values.some((value) => !Number.isNaN(value)));
}

const CALCULATIONS = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
} as const;

/** One side of an operation between series. */
export type MetricsOperand = { readonly series: readonly MetricsSeries[] } | { readonly number: number };

/** Calculates with series that have the same labels, bucket by bucket; what is no finite number is no value. The name of what was counted is lost. */
export function calculate(op: keyof typeof CALCULATIONS, left: MetricsOperand, right: MetricsOperand): MetricsOperand {
  const calculation = CALCULATIONS[op];
  if ('number' in left && 'number' in right) {
    return { number: calculation(left.number, right.number) };
  }
  if ('number' in left) {
    return 'number' in right ? right : { series: mapped(right.series, (value) => calculation(left.number, value)) };
  }
  if ('number' in right) {
    return { series: mapped(left.series, (value) => calculation(value, right.number)) };
  }
  const partners = new Map(right.series.map((one) => [seriesKey(nameless(one)), one]));
  const series = left.series.flatMap((one) => {
    const partner = partners.get(seriesKey(nameless(one)));
    return partner === undefined
      ? []
      : mapped([one], (value, bucket) => calculation(value, partner.values[bucket] ?? Number.NaN));
  });
  return { series };
}

function nameless({ labels }: MetricsSeries): MetricsSeries['labels'] {
  return labels.filter(({ name }) => name !== '__name__');
}

function mapped(
  series: readonly MetricsSeries[],
  calculation: (value: number, bucket: number) => number,
): MetricsSeries[] {
  return withValues(
    series.map((one) => ({
      labels: nameless(one),
      values: one.values.map((value, bucket) => {
        const result = calculation(value, bucket);
        return Number.isFinite(result) ? result : Number.NaN;
      }),
      exemplars: [],
    })),
  );
}
