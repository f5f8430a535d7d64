import type { MetricSeries } from '@aegisguard/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeHash, SeriesPlaces } from './series-places.ts';

const id = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  // Ids that all want the same slot.
  fc.bigInt({ min: 0n, max: 40n }).map((high) => high << 32n),
);

it('gives each series the place of its first appearance', () => {
  fc.assert(
    fc.property(fc.array(id, { maxLength: 500 }), fc.nat(600), (ids, expected) => {
      const places = new SeriesPlaces(expected);
      const distinct = [...new Set(ids)];
      for (const one of ids) {
        const series: MetricSeries = { id: one, metricId: 0n, labels: [] };
        expect(places.placeOf(series, placeHash(one))).toBe(distinct.indexOf(one));
      }
      expect(places.series.map((series) => series.id)).toEqual(distinct);
    }),
  );
});
