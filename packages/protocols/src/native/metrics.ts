import type { MetricBatch } from '@aegisguard/model';
import type { MetricVerdict, MetricVerifyOptions } from '../metrics/metric-verdict.ts';
import type { VerifyOptions } from '../records/verdict.ts';

/** The gateway's half of native `POST /v1/metrics`. */
export function verifyNativeMetrics(_body: Uint8Array, _options: MetricVerifyOptions): MetricVerdict {
  throw new Error('not built');
}

/** The worker's half. */
export function buildNativeMetrics(
  _body: Uint8Array,
  _options: VerifyOptions,
  _rejectedIndexes: readonly number[],
): MetricBatch {
  throw new Error('not built');
}
