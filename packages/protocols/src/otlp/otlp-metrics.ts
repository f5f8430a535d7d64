import type { MetricBatch } from '@aegisguard/model';
import type { MetricVerdict, MetricVerifyOptions } from '../metrics/metric-verdict.ts';
import type { MessageEncoding, VerifyOptions } from '../records/verdict.ts';

/** The gateway's half of `ExportMetricsServiceRequest`. */
export function verifyOtlpMetrics(
  _body: Uint8Array,
  _encoding: MessageEncoding,
  _options: MetricVerifyOptions,
): MetricVerdict {
  throw new Error('not built');
}

/** The worker's half. */
export function buildOtlpMetrics(
  _body: Uint8Array,
  _encoding: MessageEncoding,
  _options: VerifyOptions,
  _rejectedIndexes: readonly number[],
): MetricBatch {
  throw new Error('not built');
}
