import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinSamples, orderedSamples } from '../sample-order.ts';
import { RangeViews } from './range-views.ts';
import { RecentSeries, type SamplePiece } from './recent-series.ts';
import { TimeColumns } from './time-column.ts';

const QUIET_NAN = new Float64Array(new BigUint64Array([0x7ff8_0000_0000_0badn]).buffer);
const SIGNALING_NAN = new Float64Array(new BigUint64Array([0x7ff0_0000_0000_0002n]).buffer);

/** Ascending, as a block has the samples of a series, though a time may come twice. */
const piece: fc.Arbitrary<SamplePiece> = fc
  .record({
    times: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 }),
    values: fc.array(fc.constantFrom(0, -0, 1, 2, 'quiet', 'signaling'), { minLength: 8, maxLength: 8 }),
    starts: fc.option(fc.array(fc.constantFrom(0, 5), { minLength: 8, maxLength: 8 }), { nil: undefined }),
  })
  .map(({ times, values, starts }) => {
    const floats = new Float64Array(times.length);
    times.forEach((_, row) => {
      const value = values[row] ?? 0;
      floats.set(value === 'quiet' ? QUIET_NAN : value === 'signaling' ? SIGNALING_NAN : [Number(value)], row);
    });
    return {
      timestampsMs: Float64Array.from(times.toSorted((left, right) => left - right)),
      values: floats,
      startsMs: starts === undefined ? undefined : Float64Array.from(times, (_, row) => starts[row] ?? 0),
    };
  });

/** Numbers by their bits. */
function bitsOf(
  samples:
    | { readonly timestampsMs: Float64Array; readonly values: Float64Array; readonly startsMs: Float64Array }
    | undefined,
) {
  return [samples?.timestampsMs, samples?.values, samples?.startsMs].map((numbers) => [
    ...new BigUint64Array((numbers ?? new Float64Array()).slice().buffer),
  ]);
}

const everything = () => new RangeViews(0, Number.POSITIVE_INFINITY);

it('has what all pieces have by the rules of reading, whatever comes when, and what was handed out stays', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(piece, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      (arrivals) => {
        // A second series of the same times shares them, as long as they are the same.
        const columns = new TimeColumns();
        let series: [RecentSeries, RecentSeries] | undefined;
        const came: SamplePiece[] = [];
        const handedOut: { readonly views: unknown; readonly bits: unknown }[] = [];
        arrivals.forEach((pieces, arrival) => {
          series =
            series === undefined
              ? [new RecentSeries(columns, pieces), new RecentSeries(columns, pieces)]
              : [series[0].with(columns, pieces), arrival % 2 === 0 ? series[1] : series[1].with(columns, pieces)];
          came.push(...pieces);
          const expected = orderedSamples(
            joinSamples(came.map((one) => ({ ...one, startsMs: one.startsMs ?? new Float64Array(one.values.length) }))),
          );
          const views = everything().of(series[0]);
          expect(bitsOf(views)).toEqual(bitsOf(expected));
          handedOut.push({ views, bits: bitsOf(views) });
        });
        for (const { views, bits } of handedOut) {
          expect(bitsOf(views as Parameters<typeof bitsOf>[0])).toEqual(bits);
        }
      },
    ),
  );
});

it('shares times between series, also when they grow, until one has others', () => {
  const columns = new TimeColumns();
  const at = (...times: number[]): SamplePiece[] => [
    { timestampsMs: Float64Array.from(times), values: new Float64Array(times.length), startsMs: undefined },
  ];
  const [one, two, three] = Array.from({ length: 3 }, () => new RecentSeries(columns, at(1, 2, 3)));
  const more = [one, two].map((series) => series?.with(columns, at(4)));
  const others = three?.with(columns, at(5));
  const views = everything();
  const [first, second, third] = [...more, others].map((series) => series && views.of(series)?.timestampsMs);
  expect(first).toEqual(Float64Array.of(1, 2, 3, 4));
  expect(second).toBe(first);
  expect(third).toEqual(Float64Array.of(1, 2, 3, 5));
  expect(new RangeViews(1, 3).of(one as RecentSeries)?.timestampsMs).toEqual(Float64Array.of(2, 3));
  expect(new RangeViews(7, 9).of(one as RecentSeries)).toBeUndefined();
  expect(one?.after(columns, 2)?.count).toBe(2);
  expect(one?.after(columns, 4)).toBeUndefined();
});
