import { ERRORS, type ErrorCode } from './error-table.ts';

/** What an `AegisError` may carry besides its code. */
export interface AegisErrorOptions {
  /** A sentence for the client; it must not hold anything of another organization or of our insides. */
  readonly detail?: string;
  /** For our own log only. */
  readonly internal?: string;
  readonly cause?: unknown;
  /** Further members of the problem document, e.g. `position`, `limit`. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** Seconds after which to try again; becomes `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** The one error class thrown on purpose; the HTTP layer turns it into a problem document (RFC 9457). */
export class AegisError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly members: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, options: AegisErrorOptions = {}) {
    super(options.internal ?? options.detail ?? ERRORS[code].title, { cause: options.cause });
    this.name = 'AegisError';
    this.code = code;
    this.detail = options.detail;
    this.members = options.members ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}
