import {
  DEFAULT_PRIVACY_POLICY,
  type IngestEnvelope,
  type IngestFormat,
  type LogRecord,
  type MetricBatch,
  type RumRecord,
  type SpanRecord,
} from '@aegisguard/model';
import {
  createMetricPipeline,
  createRecordPipeline,
  createScrubber,
  createUserAgentLookup,
  LOG_STAGES,
  METRIC_STAGES,
  NO_GEO,
  RUM_STAGES,
  ScrubTally,
  SPAN_STAGES,
  type StageContext,
} from '@aegisguard/pipeline';
import {
  buildLokiPush,
  buildNativeLogs,
  buildNativeMetrics,
  buildNativeRum,
  buildNativeSpans,
  buildOtlpLogs,
  buildOtlpMetrics,
  buildOtlpSpans,
  buildRemoteWrite,
} from '@aegisguard/protocols';
import type { EncodedBatch, EncodedMetricBatch } from '@aegisguard/storage';
import { logEncoder, metricEncoder, rumEncoder, spanEncoder } from '@aegisguard/storage/encoder';

/** A batch that is to become rows. */
export interface NormalizeJob {
  readonly envelope: IngestEnvelope;
  readonly body: Uint8Array;
  /** Indexes to leave out: those that the gateway refused and those that are stored already. */
  readonly skip: readonly number[];
  /** The labels of every series go along, since what was written before may be lost. */
  readonly everySeries: boolean;
}

/** What the batches of each signal become. */
export interface EncodedBySignal {
  readonly logs: EncodedBatch;
  readonly traces: EncodedBatch;
  readonly rum: EncodedBatch;
  readonly metrics: EncodedMetricBatch;
}

type Decoder<Rows> = (body: Uint8Array, envelope: IngestEnvelope, skip: readonly number[]) => Rows;
type Decoders<Rows> = Readonly<Partial<Record<IngestFormat, Decoder<Rows>>>>;

const LOG_DECODERS: Decoders<LogRecord[]> = {
  'native-json': buildNativeLogs,
  'otlp-json': (body, envelope, skip) => buildOtlpLogs(body, 'json', envelope, skip),
  'otlp-protobuf': (body, envelope, skip) => buildOtlpLogs(body, 'protobuf', envelope, skip),
  'loki-json': (body, envelope, skip) => buildLokiPush(body, 'json', envelope, skip),
  'loki-protobuf': (body, envelope, skip) => buildLokiPush(body, 'protobuf', envelope, skip),
};

const SPAN_DECODERS: Decoders<SpanRecord[]> = {
  'native-json': buildNativeSpans,
  'otlp-json': (body, envelope, skip) => buildOtlpSpans(body, 'json', envelope, skip),
  'otlp-protobuf': (body, envelope, skip) => buildOtlpSpans(body, 'protobuf', envelope, skip),
};

const RUM_DECODERS: Decoders<RumRecord[]> = { 'native-json': buildNativeRum };

const METRIC_DECODERS: Decoders<MetricBatch> = {
  'native-json': buildNativeMetrics,
  'otlp-json': (body, envelope, skip) => buildOtlpMetrics(body, 'json', envelope, skip),
  'otlp-protobuf': (body, envelope, skip) => buildOtlpMetrics(body, 'protobuf', envelope, skip),
  'remote-write-1': (body, envelope, skip) => buildRemoteWrite(body, 1, envelope, skip),
  'remote-write-2': (body, envelope, skip) => buildRemoteWrite(body, 2, envelope, skip),
};

const logPipeline = createRecordPipeline(LOG_STAGES);
const spanPipeline = createRecordPipeline(SPAN_STAGES);
const rumPipeline = createRecordPipeline(RUM_STAGES);
const metricPipeline = createMetricPipeline(METRIC_STAGES);

const NORMALIZERS: { readonly [S in keyof EncodedBySignal]: (job: NormalizeJob) => EncodedBySignal[S] } = {
  logs: (job) => {
    const records = decode(LOG_DECODERS, job);
    logPipeline.run(records, contextOf(job));
    return logEncoder.encode(job.envelope.orgId, job.envelope, records);
  },
  traces: (job) => {
    const records = decode(SPAN_DECODERS, job);
    spanPipeline.run(records, contextOf(job));
    return spanEncoder.encode(job.envelope.orgId, job.envelope, records);
  },
  rum: (job) => {
    const records = decode(RUM_DECODERS, job);
    rumPipeline.run(records, contextOf(job));
    return rumEncoder.encode(job.envelope.orgId, job.envelope, records);
  },
  metrics: (job) => {
    const batch = decode(METRIC_DECODERS, job);
    metricPipeline.run(batch, contextOf(job));
    return metricEncoder.encode(job.envelope.orgId, job.envelope, batch, job.everySeries);
  },
};

const scrubber = createScrubber(DEFAULT_PRIVACY_POLICY, new Uint8Array(32));
const userAgents = createUserAgentLookup();

function contextOf({ envelope }: NormalizeJob): StageContext {
  return { envelope, scrubber, tally: new ScrubTally(), geo: NO_GEO, userAgents };
}

/** The worker's pure part, run in a thread: a queued body to insert-ready rows. Throws when the body cannot be read, which no later try of this program would change. */
export function normalizeBatch(job: NormalizeJob): EncodedBySignal[keyof EncodedBySignal] {
  return NORMALIZERS[job.envelope.signal](job);
}

/** Rows whose metrics were lost may have carried labels that later batches relied on. */
export function forgetSeries(): void {
  metricEncoder.forgetSeries();
}

function decode<Rows>(decoders: Decoders<Rows>, { envelope, body, skip }: NormalizeJob): Rows {
  const decoder = decoders[envelope.format];
  if (decoder === undefined) {
    throw new TypeError(`${envelope.signal} in the format ${envelope.format} are not known to this program`);
  }
  return decoder(body, envelope, skip);
}
