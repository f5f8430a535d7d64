import { AegisError, ERRORS, type ErrorCode, PrometheusError } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { prometheusError, prometheusStatus } from './prometheus-error.ts';

it.each<[ErrorCode, string, number]>([
  ['invalid-query', 'bad_data', 400],
  ['invalid-request', 'bad_data', 400],
  ['unauthorized', 'bad_data', 401],
  ['forbidden', 'bad_data', 403],
  ['not-found', 'not_found', 404],
  ['query-not-runnable', 'execution', 422],
  ['query-too-large', 'execution', 422],
  ['rate-limited', 'unavailable', 429],
  ['query-cancelled', 'canceled', 499],
  ['internal', 'internal', 500],
  ['unavailable', 'unavailable', 503],
  ['query-timeout', 'timeout', 503],
])('%s is %s with %i', (code, errorType, status) => {
  const error = new AegisError(code, { internal: 'of our insides' });
  expect(prometheusError(error)).toEqual({ status: 'error', errorType, error: ERRORS[code].title });
  expect(prometheusStatus(error)).toBe(status);
});

it('every error has the shape, and says its detail', () => {
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    const error = prometheusError(new AegisError(code, { detail: 'in detail' }));
    expect(PrometheusError.parse(error)).toEqual(error);
    expect(error.error).toBe('in detail');
  }
});
