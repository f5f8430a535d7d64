import { expect, it } from 'vitest';
import { geoSource } from './geo-source.ts';

it('names whom the bundled database is from, and nobody for others', () => {
  expect(geoSource(undefined)).toEqual({
    source: 'bundled',
    attribution: { text: 'IP geolocation by DB-IP', url: 'https://db-ip.com' },
  });
  expect(geoSource([])).toEqual({ source: 'none', attribution: null });
  expect(geoSource(['/srv/city.mmdb'])).toEqual({ source: 'own', attribution: null });
});
