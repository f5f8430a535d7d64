import {
  DEFAULT_PRIVACY_POLICY,
  type IngestEnvelope,
  type IngestFormat,
  type LogRecord,
  type MetricBatch,
  type RumRecord,
  type SecurityEventRecord,
  type SpanRecord,
} from '@aegisguard/model';
import {
  createMetricPipeline,
  createRecordPipeline,
  createScrubber,
  createUserAgentLookup,
  EVENT_STAGES,
  type GeoLookup,
  METRIC_STAGES,
  NO_GEO,
  openGeoDatabases,
  RUM_STAGES,
  ScrubTally,
  SentNumbers,
  SPAN_STAGES,
  type StageContext,
} from '@aegisguard/pipeline';
import {
  buildLokiPush,
  buildNativeEvents,
  buildNativeLogs,
  buildNativeMetrics,
  buildNativeRum,
  buildNativeSpans,
  buildOtlpLogs,
  buildOtlpMetrics,
  buildOtlpSpans,
  buildPlatformEvents,
  buildRemoteWrite,
} from '@aegisguard/protocols';
import type { EncodedBatch, EncodedMetricBatch } from '@aegisguard/storage';
import { logEncoder, metricEncoder, rumEncoder, securityEventEncoder, spanEncoder } from '@aegisguard/storage/encoder';
import type { TailCatch } from '@aegisguard/tail';
import { freeMemory } from '../platform/free-memory.ts';
import { ownMemory } from '../platform/thread-pool.ts';
import { type MeasuredLogs, type RuledCounts, runLogStages } from './apply-rules.ts';
import { type ClaimedIds, claimIds } from './claimed-ids.ts';
import type { GeoContents } from './geo-files.ts';
import type { OrgPipelines } from './pipelines-directory.ts';
import type { OrgPrivacy } from './privacy-directory.ts';
import { RulesCache } from './rules-cache.ts';
import type { Finding } from './scrub-counter.ts';
import { ScrubberCache } from './scrubber-cache.ts';
import { TailCatcher } from './tail-catcher.ts';
import { compileTailFilter } from './tail-filter.ts';

/** A batch that is to become rows. */
export interface BatchJob {
  readonly envelope: IngestEnvelope;
  readonly body: Uint8Array;
  /** Indexes to leave out: those that the gateway refused and those that are stored already. */
  readonly skip: readonly number[];
  /** The labels of every series go along, since what was written before may be lost. */
  readonly everySeries: boolean;
}

/** The same with what its organization does with personal data and secrets. */
export interface NormalizeJob extends BatchJob {
  readonly privacy: OrgPrivacy;
  /** For logs. */
  readonly pipelines?: OrgPipelines;
  readonly geo: GeoContents;
  /** The queries of the organization’s tails of logs; absent where nobody watches. */
  readonly tails?: readonly string[];
}

/** What the batches of each signal become. */
export interface EncodedBySignal {
  readonly logs: EncodedBatch;
  readonly traces: EncodedBatch;
  readonly rum: EncodedBatch;
  readonly events: EncodedBatch;
  readonly metrics: EncodedMetricBatch;
}

/** Rows, and what was found in them. */
export interface NormalizedBatch<Batch> {
  readonly batch: Batch;
  readonly findings: readonly Finding[];
  /** What rules of the organization did to it; absent where it has none. */
  readonly ruled?: RuledCounts;
  /** What its logs do to metrics of the organization's rules, if there is anything. */
  readonly measured?: MeasuredLogs;
  /** What tails caught, if there is anything. */
  readonly caught?: readonly TailCatch[];
  /** Where clients gave their records ids: these, and the body given back, since some of them may have come before. */
  readonly claims?: ClaimedIds;
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** Rows, and what is to be claimed for them. */
interface NormalizedRows<Batch> {
  readonly batch: Batch;
  readonly claims?: ClaimedIds | undefined;
  readonly ruled?: RuledCounts | undefined;
  readonly measured?: MeasuredLogs | undefined;
  readonly caught?: readonly TailCatch[];
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

const EVENT_DECODERS: Decoders<SecurityEventRecord[]> = {
  'native-json': buildNativeEvents,
  'platform-json': buildPlatformEvents,
};

const METRIC_DECODERS: Decoders<MetricBatch> = {
  'native-json': buildNativeMetrics,
  'otlp-json': (body, envelope, skip) => buildOtlpMetrics(body, 'json', envelope, skip),
  'otlp-protobuf': (body, envelope, skip) => buildOtlpMetrics(body, 'protobuf', envelope, skip),
  'remote-write-1': (body, envelope, skip) => buildRemoteWrite(body, 1, envelope, skip),
  'remote-write-2': (body, envelope, skip) => buildRemoteWrite(body, 2, envelope, skip),
};

const spanPipeline = createRecordPipeline(SPAN_STAGES);
const rumPipeline = createRecordPipeline(RUM_STAGES);
const eventPipeline = createRecordPipeline(EVENT_STAGES);
const metricPipeline = createMetricPipeline(METRIC_STAGES);

type Normalizers = {
  readonly [S in keyof EncodedBySignal]: (
    job: NormalizeJob,
    context: StageContext,
    startedMs: number,
  ) => NormalizedRows<EncodedBySignal[S]>;
};

const NORMALIZERS: Normalizers = {
  logs: (job, context, startedMs) => {
    const { orgId, rejected } = job.envelope;
    // Ids of records that are stored already count, so these are decoded, too.
    const accepted = decode(LOG_DECODERS, { ...job, skip: rejected });
    const leftOut = new Set(job.skip.length > rejected.length ? job.skip : []);
    const { records, claims } = claimIds(orgId, accepted, leftOut);
    const rules = job.pipelines && rulesOf.of(orgId, job.pipelines);
    const { records: kept, ruled, measured } = runLogStages(records, context, rules);
    const batch = logEncoder.encode(orgId, job.envelope, kept);
    if (job.tails === undefined) {
      return { batch, claims, ruled, measured };
    }
    const caught = tails.catch(job.envelope, kept, job.tails, workedMs() - startedMs);
    return { batch, claims, ruled, measured, caught };
  },
  traces: (job, context) => {
    const records = decode(SPAN_DECODERS, job);
    spanPipeline.run(records, context);
    return { batch: spanEncoder.encode(job.envelope.orgId, job.envelope, records) };
  },
  rum: (job, context) => {
    const records = decode(RUM_DECODERS, job);
    rumPipeline.run(records, context);
    return { batch: rumEncoder.encode(job.envelope.orgId, job.envelope, records) };
  },
  events: (job, context) => {
    const records = decode(EVENT_DECODERS, job);
    eventPipeline.run(records, context);
    return { batch: securityEventEncoder.encode(job.envelope.orgId, job.envelope, records) };
  },
  metrics: (job, context) => {
    const batch = decode(METRIC_DECODERS, job);
    metricPipeline.run(batch, context);
    const encoded = metricEncoder.encode(job.envelope.orgId, job.envelope, batch, job.everySeries);
    const { series, timestampMs, value, startMs } = batch.samples;
    [series, timestampMs, value, startMs].forEach(freeMemory);
    return { batch: encoded };
  },
};

const scrubbers = new ScrubberCache();
const rulesOf = new RulesCache();
const tails = new TailCatcher({ compile: compileTailFilter, nowMs: () => performance.now(), workedMs });
const NO_FIELD = { name: '', place: '' };
const userAgents = createUserAgentLookup();

/**
 * The worker's pure part, run in a thread: a queued body to insert-ready rows. Throws `PolicyError` when the organization's policy cannot be applied, which another policy would change; anything else means that the body cannot be
 * read, which no later try of this program would change.
 */
export function normalizeBatch(job: NormalizeJob): NormalizedBatch<EncodedBySignal[keyof EncodedBySignal]> {
  const startedMs = workedMs();
  const { body, envelope, geo, privacy } = job;
  const scrubber = scrubbers.of(envelope.orgId, privacy);
  const tally = new ScrubTally();
  const sentNumbers = envelope.format === 'native-json' ? new SentNumbers(body) : undefined;
  const context = { envelope, scrubber, tally, geo: geoLookup(geo), userAgents, sentNumbers };
  const { batch, claims, ruled, measured, caught = [] } = NORMALIZERS[envelope.signal](job, context, startedMs);
  const normalized = {
    batch,
    findings: tally.rows(),
    ...(ruled === undefined ? {} : { ruled }),
    ...(measured === undefined ? {} : { measured }),
    ...(caught.length === 0 ? {} : { caught }),
  };
  return claims === undefined ? normalized : { ...normalized, claims, body: ownMemory(body, 'shared') };
}

let geoVersion = 0;
let geo = NO_GEO;

/** The databases that the worker has now, opened once. */
function geoLookup({ files, version }: GeoContents): GeoLookup {
  if (version !== geoVersion) {
    geo = openGeoDatabases(files);
    geoVersion = version;
  }
  return geo;
}

/** Loads what is loaded when it is first needed: patterns of browsers and plans of phone numbers. */
export function warmUp(): void {
  userAgents.find('Mozilla/5.0');
  createScrubber(DEFAULT_PRIVACY_POLICY, new Uint8Array(32)).scrubText(
    'call +1 415 555 2671',
    NO_FIELD,
    () => undefined,
  );
}

/** Rows whose metrics were lost may have carried labels that later batches relied on. */
export function forgetSeries(): void {
  metricEncoder.forgetSeries();
}

/** How long this thread has been at work, in ms. */
function workedMs(): number {
  const { system, user } = process.threadCpuUsage();
  return (system + user) / 1000;
}

function decode<Rows>(decoders: Decoders<Rows>, { envelope, body, skip }: NormalizeJob): Rows {
  const decoder = decoders[envelope.format];
  if (decoder === undefined) {
    throw new TypeError(`${envelope.signal} in the format ${envelope.format} are not known to this program`);
  }
  return decoder(body, envelope, skip);
}
