// https://github.com/grpc/grpc/blob/master/doc/statuscodes.md
import type { AegisError } from '@aegisguard/model';

const RPC_CODES: Readonly<Record<number, number>> = {
  400: 3, // INVALID_ARGUMENT
  401: 16, // UNAUTHENTICATED
  403: 7, // PERMISSION_DENIED
  404: 5, // NOT_FOUND
  405: 12, // UNIMPLEMENTED
  409: 10, // ABORTED
  413: 8, // RESOURCE_EXHAUSTED, which OTLP's clients repeat only when told after what time
  415: 3,
  422: 3,
  429: 8,
  499: 1, // CANCELLED
  500: 13, // INTERNAL
  503: 14, // UNAVAILABLE
};
const UNKNOWN = 2;

/** The canonical code of an error. */
export function rpcCodeOf(error: AegisError): number {
  return RPC_CODES[error.status] ?? UNKNOWN;
}
