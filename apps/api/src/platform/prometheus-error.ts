// https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview
import { type AegisError, ERRORS, type ErrorCode, type PrometheusError } from '@aegisguard/model';

/** Where errors are Prometheus's. */
export const PROMETHEUS_PREFIX = '/prometheus/';

type ErrorType = PrometheusError['errorType'];

const TYPE_OF_CODE: Readonly<Partial<Record<ErrorCode, ErrorType>>> = {
  'not-found': 'not_found',
  'query-not-runnable': 'execution',
  'query-too-large': 'execution',
  'query-timeout': 'timeout',
  'query-cancelled': 'canceled',
  'request-aborted': 'canceled',
  'rate-limited': 'unavailable',
  'queue-full': 'unavailable',
  unavailable: 'unavailable',
  internal: 'internal',
};

/** An error as Prometheus says it. Who may not ask, and whatever else is the client's to mend, is `bad_data`: it has no more words. */
export function prometheusError(error: AegisError): PrometheusError {
  return {
    status: 'error',
    errorType: TYPE_OF_CODE[error.code] ?? 'bad_data',
    error: error.detail ?? ERRORS[error.code].title,
  };
}

/** Ours, but for a query that took too long: that is 503. */
export function prometheusStatus(error: AegisError): number {
  return error.code === 'query-timeout' ? 503 : error.status;
}
