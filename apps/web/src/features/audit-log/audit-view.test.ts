import { AUDIT_ACTIONS, type AuditAction } from '@aegisguard/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AUDIT_RANGE, type AuditView, askedEntries, NO_FILTERS, parseAuditView, printAuditView } from './audit-view.ts';

const some = fc.option(
  fc
    .string({ unit: 'binary' })
    .map((given) => given.trim())
    .filter((given) => given !== ''),
  { nil: undefined },
);
const views: fc.Arbitrary<AuditView> = fc.record({
  range: fc.constantFrom(AUDIT_RANGE, { from: 'now-1h', to: 'now' }, { from: 'now-2d', to: 'now-1d' }),
  action: fc.option(fc.constantFrom(...(Object.keys(AUDIT_ACTIONS) as AuditAction[])), { nil: undefined }),
  actor: some,
  target: some,
  text: some,
  seq: fc.option(fc.integer({ min: 1, max: 1e14 }), { nil: undefined }),
});

it('is read back as it was written', () => {
  fc.assert(
    fc.property(views, (view) => {
      expect(parseAuditView(new URLSearchParams(printAuditView(view).toString()))).toEqual(view);
    }),
  );
});

it('is empty for the default view, and ignores nonsense', () => {
  const plain: AuditView = { ...NO_FILTERS, range: AUDIT_RANGE };
  expect(printAuditView(plain).toString()).toBe('');
  expect(parseAuditView(new URLSearchParams('action=key.steal&actor=&seq=0'))).toEqual(plain);
});

it('asks for one entry whatever the time', () => {
  const range = { startMs: 0, endMs: 1000 };
  expect(askedEntries({ ...NO_FILTERS, seq: 7, text: 'ada' }, range)).toEqual({ seq: 7 });
  expect(askedEntries({ ...NO_FILTERS, text: 'ada' }, range)).toEqual({
    start: '1970-01-01T00:00:00.000Z',
    end: '1970-01-01T00:00:01.000Z',
    q: 'ada',
  });
});
