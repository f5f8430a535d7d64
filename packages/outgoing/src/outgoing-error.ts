/**
 * Why a call was not made or has no answer. `refused-request`: URL, header or method are not allowed. `refused-address`: the host has no address that may be called, or none at all.
 * `refused-redirect`: led somewhere it must not, or too often. `unreachable`: no connection, no TLS, or no HTTP. `unreadable`: compressed in a way that we do not read.
 */
export type OutgoingErrorCode =
  | 'refused-request'
  | 'refused-address'
  | 'refused-redirect'
  | 'timeout'
  | 'cancelled'
  | 'too-large'
  | 'unreachable'
  | 'unreadable';

const MESSAGES: Record<OutgoingErrorCode, string> = {
  'refused-request': 'The request is not allowed',
  'refused-address': 'The host has no address that may be called',
  'refused-redirect': 'The answer redirects to where it must not',
  timeout: 'There was no answer in time',
  cancelled: 'The call was given up',
  'too-large': 'The answer is too large',
  unreachable: 'The host did not answer over HTTP',
  unreadable: 'The answer is encoded in a way that is not understood',
};

/**
 * A call that came to nothing. The message is for whoever asked for the call, and tells nothing of our network: a closed port, one that speaks something else and a broken certificate
 * read the same, and so do a name that does not exist and one that leads inside. What really happened is the `cause`, for our own log.
 */
export class OutgoingError extends Error {
  readonly code: OutgoingErrorCode;

  constructor(code: OutgoingErrorCode, options: { readonly detail?: string; readonly cause?: unknown } = {}) {
    super(options.detail ?? MESSAGES[code], { cause: options.cause });
    this.name = 'OutgoingError';
    this.code = code;
  }
}
