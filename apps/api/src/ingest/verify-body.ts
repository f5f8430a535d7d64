import type { IngestFormat, Signal } from '@aegisguard/model';
import {
  type BatchVerdict,
  type MetricVerdict,
  type MetricVerifyOptions,
  type VerifyOptions,
  verifyLokiPush,
  verifyNativeEvents,
  verifyNativeLogs,
  verifyNativeMetrics,
  verifyNativeRum,
  verifyNativeSpans,
  verifyOtlpLogs,
  verifyOtlpMetrics,
  verifyOtlpSpans,
  verifyRemoteWrite,
} from '@aegisguard/protocols';

type Verify<Options, Verdict> = (body: Uint8Array, options: Options) => Verdict;
type Verifiers<Options, Verdict> = Partial<Record<IngestFormat, Verify<Options, Verdict>>>;

const RECORD_VERIFIERS: Readonly<Record<Exclude<Signal, 'metrics'>, Verifiers<VerifyOptions, BatchVerdict>>> = {
  logs: {
    'native-json': verifyNativeLogs,
    'otlp-json': (body, options) => verifyOtlpLogs(body, 'json', options),
    'otlp-protobuf': (body, options) => verifyOtlpLogs(body, 'protobuf', options),
    'loki-json': (body, options) => verifyLokiPush(body, 'json', options),
    'loki-protobuf': (body, options) => verifyLokiPush(body, 'protobuf', options),
  },
  traces: {
    'native-json': verifyNativeSpans,
    'otlp-json': (body, options) => verifyOtlpSpans(body, 'json', options),
    'otlp-protobuf': (body, options) => verifyOtlpSpans(body, 'protobuf', options),
  },
  rum: { 'native-json': verifyNativeRum },
  events: { 'native-json': verifyNativeEvents },
};

const METRIC_VERIFIERS: Verifiers<MetricVerifyOptions, MetricVerdict> = {
  'native-json': verifyNativeMetrics,
  'otlp-json': (body, options) => verifyOtlpMetrics(body, 'json', options),
  'otlp-protobuf': (body, options) => verifyOtlpMetrics(body, 'protobuf', options),
  'remote-write-1': (body, options) => verifyRemoteWrite(body, 1, options),
  'remote-write-2': (body, options) => verifyRemoteWrite(body, 2, options),
};

/** A signal whose records are judged one by one, by nothing but themselves. */
export type RecordSignal = Exclude<Signal, 'metrics'>;

/** The verdict on a body of records. Throws `AegisError` when nothing of it can be taken. */
export function verifyRecords(
  signal: RecordSignal,
  format: IngestFormat,
  body: Uint8Array,
  options: VerifyOptions,
): BatchVerdict {
  return verifierOf(RECORD_VERIFIERS[signal], signal, format)(body, options);
}

/** The verdict on a body of metrics. */
export function verifyMetrics(format: IngestFormat, body: Uint8Array, options: MetricVerifyOptions): MetricVerdict {
  return verifierOf(METRIC_VERIFIERS, 'metrics', format)(body, options);
}

/** A verdict on metrics that was made away from the organization's gate, and the series that it let in. */
export interface ApartVerdict {
  readonly verdict: MetricVerdict;
  readonly series: BigUint64Array<ArrayBuffer>;
}

/** The verdict on metrics where the gate cannot be asked: every series is let in but those denied, and whoever has the gate is told of them. */
export function verifyMetricsApart(
  format: IngestFormat,
  body: Uint8Array,
  options: VerifyOptions,
  denied: BigUint64Array,
): ApartVerdict {
  const out = new Set(denied);
  const letIn = new Set<bigint>();
  const admit = (seriesId: bigint): boolean => {
    const isIn = !out.has(seriesId);
    if (isIn) {
      letIn.add(seriesId);
    }
    return isIn;
  };
  const verdict = verifyMetrics(format, body, { ...options, seriesGate: { admit } });
  return { verdict, series: BigUint64Array.from(letIn) };
}

function verifierOf<Options, Verdict>(
  verifiers: Verifiers<Options, Verdict>,
  signal: Signal,
  format: IngestFormat,
): Verify<Options, Verdict> {
  const verify = verifiers[format];
  if (verify === undefined) {
    throw new TypeError(`no route takes ${signal} as ${format}`);
  }
  return verify;
}
