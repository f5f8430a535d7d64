import { type MetricReader, parseOrgId, type QueryBounds, type SeriesSamples, setStaleMarker } from '@aegisguard/model';
import { ReferenceMetricReader } from '@aegisguard/testkit';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleHistogram } from '../testing/sample-histogram.ts';
import { evaluateQuery } from './evaluate-query.ts';
import type { QueryResult } from './query-result.ts';

// Series are made one after the other, in memory that is used again, with tables that series of the same times share. None of that may be seen.

const ORG = parseOrgId('00000000-0000-7000-8000-00000000000c');
const BOUNDS: QueryBounds = { signal: new AbortController().signal, timeoutMs: 60_000 };
const WINDOW = { startMs: 60_000, endMs: 700_000, stepMs: 21_000 };
const SAMPLES = 30;

/** A sample of a series; undefined: none. */
type Drawn = number | 'stale' | 'histogram' | undefined;

const numbers = fc.oneof(
  fc.integer({ min: 0, max: 9 }),
  fc.double({ noNaN: true }),
  fc.constantFrom(-0, 1e308, Infinity),
);
const floats = fc.array(numbers, { minLength: SAMPLES, maxLength: SAMPLES });
const anything = fc.array(fc.oneof(numbers, fc.constantFrom<Drawn>(Number.NaN, 'stale', undefined)), {
  minLength: SAMPLES,
  maxLength: SAMPLES,
});
const mixed = fc.array(fc.constantFrom<Drawn>(1, 2, 'histogram', 'histogram', undefined), {
  minLength: SAMPLES,
  maxLength: SAMPLES,
});
const drawnSeries = fc.array(fc.oneof({ weight: 3, arbitrary: floats }, anything, mixed), {
  minLength: 1,
  maxLength: 7,
});

/** Some operands come as they are made, others are made of such. */
const operands = fc.constantFrom(
  '{__name__=~"[ab]_total"}',
  'a_total offset 30s',
  'rate({__name__=~"[ab]_total"}[2m])',
  'increase(a_total[90s])',
  'max_over_time({__name__=~"[ab]_total"}[1m])',
  'avg_over_time(b_total[2m])',
  'last_over_time({__name__=~"[ab]_total"}[45s])',
  'a_total @ 300',
);
const aggregations = fc.constantFrom(
  ...['sum', 'avg', 'count', 'group', 'min', 'max', 'stddev', 'stdvar'].flatMap((op) => [
    op,
    `${op} by (g)`,
    `${op} without (i)`,
  ]),
);

/** Gives series whole, those without gaps with the very same times if they are shared. */
function readerOf(drawn: readonly (readonly Drawn[])[], isShared: boolean): MetricReader {
  const timesMs = Float64Array.from({ length: SAMPLES }, (_, index) => (index + 1) * 20_000 + (index % 7) * 300);
  const zeros = new Float64Array(SAMPLES);
  const series = drawn.map((samples, index): SeriesSamples => {
    const at = [...timesMs].flatMap((timestampMs, place) => {
      const sample = samples[place];
      return sample === undefined ? [] : [{ timestampMs, sample }];
    });
    const found = at.filter(({ sample }) => sample !== 'histogram');
    const values = Float64Array.from(found, ({ sample }) => (typeof sample === 'number' ? sample : 0));
    for (const [place, { sample }] of found.entries()) {
      if (sample === 'stale') {
        setStaleMarker(values, place);
      }
    }
    const sharesTimes = isShared && found.length === SAMPLES;
    return {
      id: BigInt(index),
      labels: [
        ['__name__', index % 3 === 0 ? 'b_total' : 'a_total'],
        ['g', index % 2 === 0 ? 'x' : 'y'],
        ['i', String(index)],
      ],
      timestampsMs: sharesTimes ? timesMs : Float64Array.from(found, ({ timestampMs }) => timestampMs),
      values,
      startsMs: sharesTimes ? zeros : new Float64Array(found.length),
      histograms: at.flatMap(({ timestampMs, sample }) =>
        sample === 'histogram' ? [{ timestampMs, startMs: 0, histogram: sampleHistogram({ count: timestampMs }) }] : [],
      ),
    };
  });
  return Object.create(new ReferenceMetricReader(new Map()), {
    readSamples: {
      value: (_: unknown, { matchers }: { matchers: readonly { op: string; value: string }[] }) =>
        Promise.resolve({
          series: series.filter(({ labels }) =>
            matchers.every(({ op, value }) => op !== '=' || labels.some(([, found]) => found === value)),
          ),
          stats: { elapsedMs: 0, rowsRead: 0, bytesRead: 0 },
        }),
    },
  });
}

/** All but the places in the query, and what was held at a time. */
function essence({ data, warnings, infos, samples }: QueryResult): unknown {
  const withoutPlace = (annotation: string): string => annotation.replace(/ \(\d+:\d+\)$/, '');
  return { data, annotations: [...warnings, ...infos].map(withoutPlace), total: samples.total };
}

it('an aggregation of series as they are made is that of a vector that is held', async () => {
  await fc.assert(
    fc.asyncProperty(drawnSeries, aggregations, operands, async (drawn, aggregation, operand) => {
      const reader = readerOf(drawn, true);
      const given = await evaluateQuery(reader, ORG, `${aggregation} (${operand})`, WINDOW, BOUNDS);
      const held = await evaluateQuery(reader, ORG, `${aggregation} (+${operand})`, WINDOW, BOUNDS);
      expect(essence(given)).toEqual(essence(held));
    }),
    { numRuns: 40 },
  );
});

it('series that share their times are evaluated as those that do not', async () => {
  await fc.assert(
    fc.asyncProperty(drawnSeries, operands, async (drawn, operand) => {
      const shared = await evaluateQuery(readerOf(drawn, true), ORG, operand, WINDOW, BOUNDS);
      const own = await evaluateQuery(readerOf(drawn, false), ORG, operand, WINDOW, BOUNDS);
      expect(shared).toEqual(own);
    }),
    { numRuns: 30 },
  );
});
