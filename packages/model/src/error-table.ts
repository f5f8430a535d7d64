/** Every error that a client can meet: HTTP status, public title, and whether the same request may succeed later. */
export const ERRORS = {
  'invalid-json': { status: 400, title: 'The body is not valid JSON', retryable: false },
  'invalid-protobuf': { status: 400, title: 'The body is not a valid protocol buffer message', retryable: false },
  'invalid-body': { status: 400, title: 'The body does not have the expected shape', retryable: false },
  'invalid-request': { status: 400, title: 'The request is not valid', retryable: false },
  'invalid-query': { status: 400, title: 'The query does not parse', retryable: false },
  'invalid-cursor': { status: 400, title: 'The cursor does not belong to this query', retryable: false },
  'invalid-idempotency-key': { status: 400, title: 'The idempotency key is not valid', retryable: false },
  'invalid-encoding': { status: 400, title: 'The body could not be decompressed', retryable: false },
  unauthorized: { status: 401, title: 'Authentication failed', retryable: false },
  'invalid-credentials': { status: 401, title: 'E-mail or password is wrong', retryable: false },
  forbidden: { status: 403, title: 'Not permitted', retryable: false },
  'not-found': { status: 404, title: 'Not found', retryable: false },
  'method-not-allowed': { status: 405, title: 'Method not allowed', retryable: false },
  'idempotency-in-progress': {
    status: 409,
    title: 'A request with this idempotency key is still running',
    retryable: true,
  },
  'body-too-large': { status: 413, title: 'The body is too large', retryable: false },
  'batch-too-large': { status: 413, title: 'The batch has too many records', retryable: false },
  'unsupported-media-type': { status: 415, title: 'Content type not supported', retryable: false },
  'unsupported-encoding': { status: 415, title: 'Content encoding not supported', retryable: false },
  'idempotency-mismatch': { status: 422, title: 'The idempotency key was used with another body', retryable: false },
  'query-not-runnable': { status: 422, title: 'The query cannot be run', retryable: false },
  'query-too-large': { status: 422, title: 'The query needs more memory or rows than allowed', retryable: false },
  'rate-limited': { status: 429, title: 'Too many requests', retryable: true },
  'login-throttled': { status: 429, title: 'Too many failed logins', retryable: true },
  'query-cancelled': { status: 499, title: 'The client went away', retryable: true },
  'request-aborted': { status: 499, title: 'The client went away', retryable: true },
  internal: { status: 500, title: 'Internal error', retryable: true },
  'queue-full': { status: 503, title: 'The queue is full', retryable: true },
  unavailable: { status: 503, title: 'Temporarily unavailable', retryable: true },
  'query-timeout': { status: 504, title: 'The query took too long', retryable: false },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>;

/** A key of the error table; the last part of a problem's `type`. */
export type ErrorCode = keyof typeof ERRORS;
