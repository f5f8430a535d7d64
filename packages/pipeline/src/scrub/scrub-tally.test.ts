import { describe, expect, it } from 'vitest';
import { ScrubTally } from './scrub-tally.ts';

describe('the tally of a batch', () => {
  it('adds up by detector, strategy and place', () => {
    const tally = new ScrubTally();
    tally.add('email', 'redact', 'message');
    tally.add('email', 'mask', 'message');
    tally.add('email', 'redact', 'message', 2);
    tally.add('email', 'redact', 'url');
    expect(tally.rows()).toEqual([
      { detector: 'email', strategy: 'redact', place: 'message', count: 3 },
      { detector: 'email', strategy: 'mask', place: 'message', count: 1 },
      { detector: 'email', strategy: 'redact', place: 'url', count: 1 },
    ]);
    expect(tally.take().length).toBe(3);
    expect(tally.rows()).toEqual([]);
  });

  it('has the places beyond its limit under one name', () => {
    const tally = new ScrubTally();
    for (let at = 0; at < 1000; at += 1) {
      tally.add('email', 'redact', `place ${at}`);
    }
    const rows = tally.rows();
    expect(rows.length).toBe(201);
    expect(rows.at(-1)).toEqual({ detector: 'email', strategy: 'redact', place: '(other)', count: 800 });
  });
});
