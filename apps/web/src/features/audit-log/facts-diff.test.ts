import fc from 'fast-check';
import { expect, it } from 'vitest';
import { factChanges } from './facts-diff.ts';

it('sets what was beside what is', () => {
  const before = { name: 'agent', retentionDays: { logs: 30, traces: 7 }, scopes: ['logs:write'], note: null };
  const after = { name: 'agent 2', retentionDays: { logs: 14 }, scopes: ['logs:write', 'rum:write'] };
  expect(factChanges(before, after)).toEqual([
    { name: 'name', isList: false, before: ['agent'], after: ['agent 2'] },
    { name: 'retentionDays.logs', isList: false, before: ['30'], after: ['14'] },
    { name: 'retentionDays.traces', isList: false, before: ['7'], after: [] },
    { name: 'scopes', isList: true, before: ['logs:write'], after: ['logs:write', 'rum:write'] },
    { name: 'note', isList: false, before: ['null'], after: [] },
  ]);
});

it('knows what was made and what was removed', () => {
  expect(factChanges(null, { name: 'x' })).toEqual([{ name: 'name', isList: false, before: [], after: ['x'] }]);
  expect(factChanges({ name: 'x' }, null)).toEqual([{ name: 'name', isList: false, before: ['x'], after: [] }]);
  expect(factChanges(null, null)).toEqual([]);
});

it('loses no leaf, whatever the facts', () => {
  const facts = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,5}$/),
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string())),
  );
  fc.assert(
    fc.property(facts, facts, (before, after) => {
      const changes = factChanges(before, after);
      expect(changes.map(({ name }) => name).toSorted()).toEqual(
        [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted(),
      );
      expect(factChanges(before, before).every((each) => each.before.join() === each.after.join())).toBe(true);
    }),
  );
});
