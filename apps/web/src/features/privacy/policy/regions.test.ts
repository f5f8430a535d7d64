import { expect, it } from 'vitest';
import { allRegions, regionName } from './regions.ts';

it('knows countries by their names, and nothing that is none', () => {
  const regions = allRegions();
  expect(regions).toEqual(expect.arrayContaining(['US', 'GB', 'DE', 'FR', 'IN', 'XK', 'TW']));
  for (const code of ['DD', 'SU', 'YU', 'UK', 'EU', 'ZZ', 'XA']) {
    expect(regions).not.toContain(code);
  }
  expect(regions.length).toBeGreaterThan(230);
  expect(regions.length).toBeLessThan(255);
  expect(regionName('DE')).toBe('Germany');
  expect(regionName('?')).toBe('?');
});
