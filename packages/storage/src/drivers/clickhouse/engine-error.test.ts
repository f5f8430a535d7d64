import { AegisError } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { engineError, isTooMuch } from './engine-error.ts';

function thrown(message: string, members: object = {}): Error {
  return Object.assign(new Error(message), members);
}

describe('what the engine throws', () => {
  it.each([
    ['TIMEOUT_EXCEEDED', 'query-timeout', 'unavailable'],
    ['MEMORY_LIMIT_EXCEEDED', 'query-too-large', 'unavailable'],
    ['TOO_MANY_ROWS', 'query-too-large', 'unavailable'],
    ['TOO_MANY_ROWS_OR_BYTES', 'query-too-large', 'unavailable'],
    ['QUERY_WAS_CANCELLED', 'query-cancelled', 'unavailable'],
    ['TOO_MANY_PARTS', 'unavailable', 'unavailable'],
    ['NOT_ENOUGH_SPACE', 'unavailable', 'unavailable'],
    ['CANNOT_COMPILE_REGEXP', 'invalid-query', 'invalid-query'],
    ['TOO_BIG_AST', 'query-too-large', 'unavailable'],
    ['SYNTAX_ERROR', 'internal', 'internal'],
  ])('%s is %s for a query, %s for an insert', (type, forQuery, forInsert) => {
    const error = thrown('x', { type, code: '1' });
    expect(engineError(error, 'query')).toMatchObject({ code: forQuery });
    expect(engineError(error, 'insert')).toMatchObject({ code: forInsert });
  });

  it('that all queries together need too much memory is `unavailable`', () => {
    const error = thrown('(total) memory limit exceeded: would use 1 GiB', { type: 'MEMORY_LIMIT_EXCEEDED' });
    expect(engineError(error, 'query').code).toBe('unavailable');
  });

  it.each([
    [true, 'MEMORY_LIMIT_EXCEEDED', 'memory limit exceeded'],
    [true, 'MEMORY_LIMIT_EXCEEDED', '(total) memory limit exceeded'],
    [true, 'TIMEOUT_EXCEEDED', 'Timeout exceeded'],
    [false, 'TOO_MANY_PARTS', 'Too many parts'],
    [false, 'QUERY_WAS_CANCELLED', 'cancelled'],
  ])('says %s of whether less might succeed: %s, %s', (may, type, message) => {
    expect(isTooMuch(thrown(message, { type }))).toBe(may);
  });

  it('that a statement is too long is no fault of its words', () => {
    const error = thrown("Max query size exceeded (can be increased with …): '", { type: 'SYNTAX_ERROR' });
    expect(engineError(error, 'query').code).toBe('query-too-large');
  });

  it('is known by its words, too', () => {
    const words = 'Query failed: Code: 159. DB::Exception: Timeout exceeded: elapsed 1 ms. (TIMEOUT_EXCEEDED)';
    expect(engineError(thrown(words), 'query').code).toBe('query-timeout');
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOSPC', 'EPIPE'])('%s is `unavailable`', (code) => {
    expect(engineError(thrown('connect', { code }), 'query').code).toBe('unavailable');
  });

  it('stays inside: the client reads RE2’s complaint about its own expression and nothing else', () => {
    const complaint = thrown(
      'OptimizedRegularExpression: cannot compile re2: ^(?:(a)$, error: missing ): ^(?:(a)$. Look at https://x',
      {
        type: 'CANNOT_COMPILE_REGEXP',
      },
    );
    expect(engineError(complaint, 'query').detail).toBe(
      'The regular expression is not valid: ^(?:(a)$, error: missing ): ^(?:(a)$',
    );
    expect(engineError(thrown('secret', { type: 'TIMEOUT_EXCEEDED' }), 'query').detail).toBeUndefined();
    expect(engineError('not even an error', 'command')).toMatchObject({ code: 'internal', detail: undefined });
  });

  it('does not carry statements into our log', () => {
    for (const type of ['MEMORY_LIMIT_EXCEEDED', 'UNKNOWN_IDENTIFIER']) {
      const error = engineError(thrown("Unknown x: In scope SELECT 'person@example.org'", { type }), 'query');
      expect(error.message).toContain(type);
      expect(error.message).not.toContain('person');
      expect(error.cause).toBeUndefined();
    }
  });

  it('of ours passes through', () => {
    const ours = new AegisError('query-timeout');
    expect(engineError(ours, 'insert')).toBe(ours);
  });
});
