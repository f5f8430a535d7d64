import type { MetricBatch } from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import { LabelBytes } from '../metrics/label-bytes.ts';
import { MetricBatchBuilder } from '../metrics/metric-batch-builder.ts';
import type { MetricVerdict, MetricVerifyOptions } from '../metrics/metric-verdict.ts';
import { MetricVerdictBuilder } from '../metrics/metric-verdict-builder.ts';
import { RejectedIndexes } from '../metrics/rejected-indexes.ts';
import { SampleWindow } from '../metrics/sample-window.ts';
import type { VerifyOptions } from '../records/verdict.ts';
import { checkNativeMetric } from './check-native-metric.ts';
import { openNativeBatch } from './open-native-batch.ts';
import { nativeMetadataOf, translateNativeMetric } from './translate-native-metric.ts';

/** Most metrics in one native batch (contract §3). */
export const NATIVE_METRICS_MAX = 5000;

const SHAPE = { member: 'metrics', recordsMax: NATIVE_METRICS_MAX };

/**
 * The gateway's half of native `POST /v1/metrics`: which metrics are accepted. An exemplar is part of its metric. Throws `invalid-json`, `body-too-large`, `invalid-body`,
 * `batch-too-large`, and nothing else for any bytes.
 */
export function verifyNativeMetrics(body: Uint8Array, options: MetricVerifyOptions): MetricVerdict {
  const { records } = openNativeBatch(body, SHAPE);
  const window = new SampleWindow(options.receivedAtMs, options.retentionDays);
  const verdict = new MetricVerdictBuilder(options.seriesGate);
  const labelBytes = new LabelBytes();
  for (const metric of records) {
    const fault = checkNativeMetric(metric, window);
    if (fault === undefined) {
      translateNativeMetric(metric, window, labelBytes).judge(verdict);
    } else {
      verdict.reject(fault);
    }
  }
  return verdict.finish();
}

/**
 * The worker's half: the batch of a body that the gateway has verified, but for the indexes that it refused. A field that the contract does not name has no place in a metric and
 * is left behind.
 */
export function buildNativeMetrics(
  body: Uint8Array,
  options: VerifyOptions,
  rejectedIndexes: readonly number[],
): MetricBatch {
  const { records } = openNativeBatch(body, SHAPE);
  const window = new SampleWindow(options.receivedAtMs, options.retentionDays);
  const batch = new MetricBatchBuilder(records.length);
  const rejected = new RejectedIndexes(rejectedIndexes);
  const labelBytes = new LabelBytes();
  for (const metric of records) {
    if (!rejected.next()) {
      translateNativeMetric(metric, window, labelBytes).addTo(batch);
      batch.addMetadata(nativeMetadataOf(isJsonObject(metric) ? metric : {}));
    }
  }
  return batch.finish();
}
