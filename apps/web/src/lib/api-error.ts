import type { Problem } from '@aegisguard/model';

/** What went wrong with a call, in the words that a page shows. */
export class ApiError extends Error {
  /** A code of the error table, or `network` / `unexpected-answer` when the server's own words are missing. */
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** 0-based UTF-16 offset into the query. */
  readonly position: number | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** What the server says of parts of the request, in the form that the route has for it. */
  readonly errors: unknown;

  constructor(
    code: string,
    title: string,
    more: {
      readonly detail?: string | undefined;
      readonly status?: number | undefined;
      readonly requestId?: string | undefined;
      readonly position?: number | undefined;
      readonly retryAfterSeconds?: number | undefined;
      readonly errors?: unknown;
      readonly cause?: unknown;
    } = {},
  ) {
    super(more.detail ?? title, { cause: more.cause });
    this.name = 'ApiError';
    this.code = code;
    this.title = title;
    this.detail = more.detail;
    this.status = more.status;
    this.requestId = more.requestId;
    this.position = more.position;
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.errors = more.errors;
  }

  static fromProblem(problem: Problem, retryAfterSeconds: number | undefined): ApiError {
    const { code, title, detail, status, requestId, position, errors } = problem;
    return new ApiError(code, title, { detail, status, requestId, position, retryAfterSeconds, errors });
  }
}

/** `Retry-After` in seconds (RFC 9110 §10.2.3), from either of its forms. */
export function parseRetryAfter(header: unknown, nowMs: number): number | undefined {
  if (typeof header !== 'string' || header === '') {
    return undefined;
  }
  if (/^\d+$/.test(header)) {
    return Number(header);
  }
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - nowMs) / 1000));
}

/** Any thrown value as an `ApiError`. */
export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError
    ? error
    : new ApiError('internal', 'Something went wrong in this page', {
        detail: error instanceof Error ? error.message : String(error),
        cause: error,
      });
}
