import type { ErrorCode } from '@aegisguard/model';
import type { RejectionCode } from '@aegisguard/protocols';

/** Errors that no ingest route answers with, so that nothing is counted under them. */
type OtherError =
  | 'already-exists'
  | 'last-owner'
  | 'mfa-required'
  | 'registration-closed'
  | 'weak-password'
  | 'conflict'
  | 'invalid-credentials'
  | 'invalid-cursor'
  | 'invalid-query'
  | 'login-throttled'
  | 'query-cancelled'
  | 'query-not-runnable'
  | 'query-timeout'
  | 'query-too-large';

/** Records that the gateway had accepted and the worker did not store. */
export const LOSSES = ['dead-letter', 'dropped-by-rule', 'duplicate', 'late-delta'] as const;
type Loss = (typeof LOSSES)[number];

/** Everything that records or requests are counted under, but for `accepted`. */
export type Refusal = Exclude<ErrorCode, OtherError> | RejectionCode | Loss;

/** What each reason means, and what to do about it. */
export const OUTCOME_ADVICE: Readonly<Record<Refusal, string>> = {
  // Records.
  invalid: 'Fields are missing or of the wrong kind: “errors” in the answer, or “partialSuccess” in OTLP’s, name them.',
  'too-old': 'The records are older than this signal is kept: check the sender’s clock, or ask for a longer retention.',
  'too-many-attributes': 'A record may have 512 attributes: send fewer, or nest them in fewer objects.',
  'too-many-labels': 'A series has more labels than it may: drop labels before sending, for example by relabelling.',
  'label-name-too-long': 'The name of a label is longer than it may be: shorten or drop the label before sending.',
  'label-value-too-long':
    'The value of a label is longer than it may be: long texts belong into logs, not into labels.',
  'metric-name-too-long': 'The name of a metric is longer than it may be: shorten it where it is made.',
  'too-many-series':
    'The organization has as many active series as it may have, or made of its logs: drop labels with many values, such as ids, or ask for a higher limit.',
  'late-delta':
    'The increments came after later ones of the same series and could not be added: let one sender report a series, in order, or send cumulative values.',
  'dropped-by-rule': 'A rule of the organization’s log pipelines dropped the records, by a condition or as a sample.',
  duplicate:
    'The records had an “ingestId” that came before within 24 hours, so they are stored already: nothing is lost.',
  'dead-letter':
    'The batch was accepted but could not be stored: an owner finds the reason under dead letters and can replay it.',
  // Whole requests.
  'invalid-json': 'The body is not JSON: check that it is complete and that its content type is right.',
  'invalid-protobuf':
    'The body is not a protocol buffer message of this route: check that the exporter speaks this protocol and that the path is right.',
  'invalid-body':
    'The body has another shape than this route takes: compare it with the example on the page “Send data”.',
  'invalid-request': 'Something in the request’s headers or parameters is not valid: “detail” in the answer names it.',
  'invalid-idempotency-key': 'The idempotency key is longer than 255 characters: send a shorter one, such as a UUID.',
  'invalid-encoding': 'The body could not be decompressed: check that “content-encoding” says how it was compressed.',
  unauthorized:
    'The key is known but the proof is not: check secret or token, that the signature is made over the bytes as sent, and the sender’s clock.',
  forbidden:
    'The key may not send this signal, or not from this origin: give it the scope or the origin, or use another key.',
  'not-found': 'There is nothing at this path: check the endpoint that the sender is configured with.',
  'method-not-allowed': 'Telemetry is sent by POST: check the endpoint that the sender is configured with.',
  'idempotency-in-progress':
    'A request with the same idempotency key was still running: wait for its answer before repeating it.',
  'idempotency-mismatch': 'The idempotency key was used before with another body: use a new key for each new batch.',
  'body-too-large': 'The body is larger than may be sent at once, counted after decompression: send smaller batches.',
  'batch-too-large': 'The batch has more records than may be sent at once: send smaller batches.',
  'unsupported-media-type':
    'The content type is not one that this route takes: send JSON, or protocol buffers where the protocol has them.',
  'unsupported-encoding':
    'The body was compressed in a way that is not supported: use gzip, deflate, zstd, br, or none.',
  'rate-limited':
    'More requests came than the limit of a minute allows: send larger batches less often, or ask for a higher limit.',
  'request-aborted':
    'The sender closed the connection before the body was complete: check its timeouts and what lies between.',
  internal: 'We made a mistake: the sender will try again; tell an operator if it goes on.',
  'queue-full':
    'The queue is full because data cannot be stored fast enough: the sender will try again; tell an operator if it goes on.',
  unavailable:
    'A part of the system was not there for a moment: the sender will try again; tell an operator if it goes on.',
};

/** What a count's outcome means; null for `accepted`, and for an outcome that a newer program wrote. */
export function adviceFor(outcome: string): string | null {
  return Object.hasOwn(OUTCOME_ADVICE, outcome) ? OUTCOME_ADVICE[outcome as Refusal] : null;
}
