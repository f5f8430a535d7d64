import { ERRORS } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { adviceFor, OUTCOME_ADVICE } from './outcome-advice.ts';

// That every fault of a record has advice, the compiler sees to; the error table is asked here, so that a new code is decided upon.
const NOT_OF_INGEST =
  /^(?:query-|login-|mfa-|registration-|weak-|last-|already-|invalid-(?:credentials|cursor|query)$|conflict$)/;

it('every error that an ingest request can meet has advice', () => {
  const counted = Object.keys(ERRORS).filter((code) => !NOT_OF_INGEST.test(code));
  expect(counted.filter((code) => adviceFor(code) === null)).toEqual([]);
});

it.each(Object.entries(OUTCOME_ADVICE))('the advice for %s is one sentence', (_, advice) => {
  expect(advice).toMatch(/^[A-Z].*\.$/);
  expect(advice.match(/[.!?](?:\s|$)/g)).toHaveLength(1);
});

it.each(['accepted', 'what a newer program counts', 'toString', '__proto__'])('there is none for %s', (outcome) => {
  expect(adviceFor(outcome)).toBeNull();
});
