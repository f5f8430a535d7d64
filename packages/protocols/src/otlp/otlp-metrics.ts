// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/collector/metrics/v1/metrics_service.proto
// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
import { type JsonObject, METRIC_NAME, type MetricBatch, normalizeLabels } from '@aegisguard/model';
import { decodeJsonBody } from '../json/decode-json-body.ts';
import { LabelBytes } from '../metrics/label-bytes.ts';
import { MetricBatchBuilder, SeriesSlot } from '../metrics/metric-batch-builder.ts';
import type { MetricVerdict, MetricVerifyOptions } from '../metrics/metric-verdict.ts';
import { MetricVerdictBuilder } from '../metrics/metric-verdict-builder.ts';
import { RejectedIndexes } from '../metrics/rejected-indexes.ts';
import { SampleWindow } from '../metrics/sample-window.ts';
import { decodeProtobuf } from '../protobuf/decode-protobuf.ts';
import type { RecordFault } from '../records/record-rejection.ts';
import type { MessageEncoding, VerifyOptions } from '../records/verdict.ts';
import { OTLP_MESSAGES_MAX } from './batch-limits.ts';
import { walkJsonMetrics } from './json/json-metrics.ts';
import { parseExactJson } from './json/parse-exact-json.ts';
import type { MetricsHandler, OtlpMetric, OtlpPoint, OtlpScope } from './metric-message.ts';
import { MetricOrigin, MetricTarget } from './prometheus/metric-origin.ts';
import { checkPoint, type NamedMetric, nameMetric, PointTranslator, timesOf } from './prometheus/translate-point.ts';
import { walkProtobufMetrics } from './protobuf/protobuf-metrics.ts';

const NO_SCOPE: OtlpScope = { name: '', version: '', schemaUrl: '', attributes: {}, fault: undefined };

/** What both halves know while they walk: where the point at hand comes from and what it is a point of. */
abstract class OtlpMetricsHandler implements MetricsHandler {
  protected readonly window: SampleWindow;
  protected target = new MetricTarget({});
  protected named: NamedMetric | undefined;
  protected translator: PointTranslator | undefined;
  /** What is wrong with the resource and the scope at hand, and so with all their points. */
  protected sharedFault: RecordFault | undefined;
  readonly #labelBytes = new LabelBytes();
  #resourceFault: RecordFault | undefined;
  #origin = new MetricOrigin(this.target, NO_SCOPE);

  constructor(options: VerifyOptions) {
    this.window = new SampleWindow(options.receivedAtMs, options.retentionDays);
  }

  resource(resource: JsonObject, fault: RecordFault | undefined): void {
    this.target = new MetricTarget(resource);
    this.#resourceFault = fault;
  }

  scope(scope: OtlpScope): void {
    this.#origin = new MetricOrigin(this.target, scope);
    this.sharedFault = this.#resourceFault ?? scope.fault;
  }

  metric(metric: OtlpMetric): void {
    this.named = nameMetric(metric);
    this.translator = new PointTranslator(this.named, this.#origin, this.window, this.#labelBytes);
  }

  abstract point(point: OtlpPoint): void;
  abstract endOfResource(): void;
}

class OtlpMetricsVerifier extends OtlpMetricsHandler {
  readonly #verdict: MetricVerdictBuilder;

  constructor(options: MetricVerifyOptions) {
    super(options);
    this.#verdict = new MetricVerdictBuilder(options.seriesGate);
  }

  point(point: OtlpPoint): void {
    const fault = this.#check(point);
    if (fault === undefined) {
      this.translator?.translate(point).judge(this.#verdict);
    } else {
      this.#verdict.reject(fault);
    }
  }

  endOfResource(): void {}

  finish(): MetricVerdict {
    return this.#verdict.finish();
  }

  #check(point: OtlpPoint): RecordFault | undefined {
    const fault = this.sharedFault ?? (this.named === undefined ? undefined : checkPoint(this.named, point));
    if (fault !== undefined) {
      return fault;
    }
    return this.window.isTooOld(timesOf(point, this.window).sentMs) ? this.window.tooOld('/timeUnixNano') : undefined;
  }
}

class OtlpMetricsBuilder extends OtlpMetricsHandler {
  readonly #batch = new MetricBatchBuilder();
  readonly #rejected: RejectedIndexes;
  /** Of the points of the resource at hand. */
  #latestMs = 0;

  constructor(options: VerifyOptions, rejectedIndexes: readonly number[]) {
    super(options);
    this.#rejected = new RejectedIndexes(rejectedIndexes);
  }

  override resource(resource: JsonObject, fault: RecordFault | undefined): void {
    super.resource(resource, fault);
    this.#latestMs = 0;
  }

  point(point: OtlpPoint): void {
    if (this.#rejected.next() || this.named === undefined || this.translator === undefined) {
      return;
    }
    const translated = this.translator.translate(point);
    translated.addTo(this.#batch);
    this.#latestMs = Math.max(this.#latestMs, translated.timestampMs);
    this.#addMetadata(this.named, point);
  }

  /** One sample for each resource that has points, at the time of the latest. */
  endOfResource(): void {
    const labels = this.#latestMs > 0 ? this.target.info() : undefined;
    if (labels !== undefined) {
      const slot = new SeriesSlot(normalizeLabels([[METRIC_NAME, 'target_info'], ...labels]));
      this.#batch.samples.add(this.#batch.indexOf(slot), this.#latestMs, 1, 0);
      this.#batch.addMetadata({ metric: 'target_info', type: 'info', unit: '', help: 'Attributes of the resource' });
    }
  }

  finish(): MetricBatch {
    return this.#batch.finish();
  }

  #addMetadata({ metadata }: NamedMetric, point: OtlpPoint): void {
    this.#batch.addMetadata(metadata);
    for (const [suffix, value] of [
      ['_min', point.min],
      ['_max', point.max],
    ] as const) {
      if (value !== undefined && metadata.type === 'histogram') {
        this.#batch.addMetadata({ ...metadata, metric: metadata.metric + suffix, type: 'gauge' });
      }
    }
  }
}

/**
 * The gateway's half of `ExportMetricsServiceRequest`. A record is a data point, in the order of the body's bytes or lists. Throws `invalid-protobuf`, `invalid-json`,
 * `invalid-body`, `body-too-large`, `batch-too-large`, and nothing else for any bytes.
 */
export function verifyOtlpMetrics(
  body: Uint8Array,
  encoding: MessageEncoding,
  options: MetricVerifyOptions,
): MetricVerdict {
  const verifier = new OtlpMetricsVerifier(options);
  if (encoding === 'protobuf') {
    decodeProtobuf(body, (reader) => walkProtobufMetrics(reader, verifier), OTLP_MESSAGES_MAX);
  } else {
    walkJsonMetrics(decodeJsonBody(body).value, verifier);
  }
  return verifier.finish();
}

/**
 * The worker's half: the batch of a body that the gateway has verified, but for the indexes that it refused.
 *
 * What Prometheus's model has no place for is left behind: counts of dropped attributes, flags other than "no recorded value", the resource's schema URL and entities,
 * exemplars older than the retention, the original of a time too far ahead, and that a summary's or gauge's metric had other metadata than `prometheus.type`. Integers become
 * doubles, times whole milliseconds.
 */
export function buildOtlpMetrics(
  body: Uint8Array,
  encoding: MessageEncoding,
  options: VerifyOptions,
  rejectedIndexes: readonly number[],
): MetricBatch {
  const builder = new OtlpMetricsBuilder(options, rejectedIndexes);
  if (encoding === 'protobuf') {
    decodeProtobuf(body, (reader) => walkProtobufMetrics(reader, builder));
  } else {
    walkJsonMetrics(parseExactJson(body).value, builder);
  }
  return builder.finish();
}
