import { describe, expect, it } from 'vitest';
import { ApiError, asApiError, parseRetryAfter } from './api-error.ts';

describe('parseRetryAfter', () => {
  const now = Date.parse('2026-11-22T10:00:00Z');

  it('reads seconds', () => {
    expect(parseRetryAfter('120', now)).toBe(120);
  });

  it('reads an HTTP date', () => {
    expect(parseRetryAfter('Sun, 22 Nov 2026 10:00:30 GMT', now)).toBe(30);
  });

  it('does not go below zero', () => {
    expect(parseRetryAfter('Sun, 22 Nov 2026 09:00:00 GMT', now)).toBe(0);
  });

  it.each([undefined, '', 'soon', 5])('gives nothing for %j', (header) => {
    expect(parseRetryAfter(header, now)).toBeUndefined();
  });
});

describe('ApiError', () => {
  it('keeps what a problem document says', () => {
    const error = ApiError.fromProblem(
      {
        type: 'https://example.test/problems/invalid-query',
        code: 'invalid-query',
        title: 'The query does not parse',
        status: 400,
        detail: 'expected }',
        requestId: 'r1',
        position: 7,
      },
      undefined,
    );
    expect(error).toMatchObject({
      code: 'invalid-query',
      status: 400,
      detail: 'expected }',
      requestId: 'r1',
      position: 7,
    });
  });

  it('stays itself, and wraps what is not one', () => {
    const error = new ApiError('network', 'No answer');
    expect(asApiError(error)).toBe(error);
    expect(asApiError(new TypeError('x is not a function'))).toMatchObject({
      code: 'internal',
      detail: 'x is not a function',
    });
  });
});
