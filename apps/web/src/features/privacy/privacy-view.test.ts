import fc from 'fast-check';
import { expect, it } from 'vitest';
import { REFRESH_SECONDS } from '../../lib/refresh-seconds.ts';
import { PRIVACY_TABS, type PrivacyView, parsePrivacyView, printPrivacyView } from './privacy-view.ts';

const ends = fc.oneof(
  fc.constant('now'),
  fc.integer({ min: 1, max: 999 }).map((count) => `now-${count}m`),
  fc.integer({ min: 0, max: 4e12 }).map((ms) => new Date(ms).toISOString()),
);
const views: fc.Arbitrary<PrivacyView> = fc.record({
  tab: fc.constantFrom(...PRIVACY_TABS),
  range: fc.record({ from: ends, to: ends }),
  refresh: fc.constantFrom(...REFRESH_SECONDS),
  kind: fc.option(fc.string({ unit: 'binary', minLength: 1 }), { nil: undefined }),
  showsTruncated: fc.boolean(),
});

it('a view is read back as it was written', () => {
  fc.assert(
    fc.property(views, (view) => {
      expect(parsePrivacyView(new URLSearchParams(printPrivacyView(view).toString()))).toEqual(view);
    }),
  );
});

it.each(['tab=cellar', 'kind=', 'refresh=7', 'from=soon', 'truncated=yes'])('ignores %s', (search) => {
  expect(printPrivacyView(parsePrivacyView(new URLSearchParams(search))).toString()).toBe('');
});
