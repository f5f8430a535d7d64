import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type GroupSnapshot, GroupState } from './group-state.ts';

const LAST = 12;
const SEQS = Array.from({ length: LAST }, (_, i) => i + 1);

/** What a group shows of a number. */
function fateOf(state: GroupState, seq: number) {
  return { isGiven: state.isGiven(seq), deliveryCount: state.find(seq)?.deliveryCount };
}

it('a snapshot, as the journal has it, gives the state back, whatever was given out ahead or acknowledged before what', () => {
  const step = fc.tuple(fc.constantFrom('deliver', 'claim', 'ack'), fc.integer({ min: 1, max: LAST }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const state = new GroupState(0, 0);
      for (const [act, seq] of steps) {
        const message = state.find(seq);
        if (act === 'ack') {
          state.ack([seq]);
        } else if (act === 'claim' && message !== undefined) {
          state.claim(message, 0);
        } else if (act === 'deliver' && !state.isGiven(seq)) {
          const bodyBytes = 10 * seq;
          state.deliver({ seq, lane: 'a', deliveryCount: 1, bodyBytes, appendedAtMs: 0, location: undefined }, 0);
        }
      }
      const restored = new GroupState(0, 0);
      restored.replay(JSON.parse(JSON.stringify(state.snapshot())) as GroupSnapshot);
      expect(SEQS.map((seq) => fateOf(restored, seq))).toEqual(SEQS.map((seq) => fateOf(state, seq)));
      expect(restored.depth(LAST)).toBe(state.depth(LAST));
      expect(restored.ackedBytes).toBe(state.ackedBytes);
      expect(restored.pendingCount).toBe(state.pendingCount);
      // Where those that are pending lie, and in which lane, is found in the log.
      expect(restored.heldIn('').count).toBe(state.heldIn('a').count);
    }),
  );
});
