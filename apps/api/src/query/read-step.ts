import { AegisError, parseStep } from '@aegisguard/model';

/** A request's step in nanoseconds; throws `invalid-request` when it is no time. */
export function readStep(input: string | number): bigint {
  const step = parseStep(input);
  if (step === undefined) {
    throw new AegisError('invalid-request', {
      detail: 'The step is not a time: send seconds, or a duration such as 1m.',
      members: { errors: [{ path: '/step', message: 'not a time' }] },
    });
  }
  return step;
}
