import type { MetricBatch } from '@aegisguard/model';
import type { MetricVerdict, MetricVerifyOptions } from '../metrics/metric-verdict.ts';
import type { VerifyOptions } from '../records/verdict.ts';

/** `1`: prometheus.WriteRequest; `2`: io.prometheus.write.v2.Request. */
export type RemoteWriteVersion = 1 | 2;

/** The gateway's half, of a body that is decompressed already. */
export function verifyRemoteWrite(
  _body: Uint8Array,
  _version: RemoteWriteVersion,
  _options: MetricVerifyOptions,
): MetricVerdict {
  throw new Error('not built');
}

/** The worker's half. */
export function buildRemoteWrite(
  _body: Uint8Array,
  _version: RemoteWriteVersion,
  _options: VerifyOptions,
  _rejectedIndexes: readonly number[],
): MetricBatch {
  throw new Error('not built');
}
