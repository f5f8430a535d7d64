// https://grafana.com/docs/loki/latest/reference/loki-http-api/
import { type AegisError, ERRORS, type ErrorCode } from '@aegisguard/model';

const PREFIX = '/loki/';
/** The gateway answers here by itself, and what it does not answer is said as at its other paths. */
const PUSH = '/loki/api/v1/push';

/** Whether errors at an address are Loki's. */
export function isLokiQuery(url: string): boolean {
  return url.startsWith(PREFIX) && !url.startsWith(PUSH);
}

/** What Loki answers 400 to: what a query may not be, and what it turns out to be when it is run. */
const BAD_REQUESTS: ReadonlySet<ErrorCode> = new Set(['query-not-runnable', 'query-too-large']);

/** An error as Loki says it: in plain words. */
export function lokiError(error: AegisError): string {
  return error.detail ?? ERRORS[error.code].title;
}

/** Ours, but for queries that cannot be run. */
export function lokiStatus(error: AegisError): number {
  return BAD_REQUESTS.has(error.code) ? 400 : error.status;
}
