import type { OrgId } from './org-id.ts';

/** The signals that have a queue stream and a table. */
export const SIGNALS = ['logs', 'metrics', 'traces', 'rum', 'events'] as const;

/** A kind of telemetry. */
export type Signal = (typeof SIGNALS)[number];

/** How a queued body is written; names the decoder in `packages/protocols`. Bodies are queued decompressed. `platform-json` is what the platform tells of itself: no route takes it. */
export type IngestFormat =
  | 'platform-json'
  | 'native-json'
  | 'otlp-json'
  | 'otlp-protobuf'
  | 'loki-json'
  | 'loki-protobuf'
  | 'remote-write-1'
  | 'remote-write-2';

/** What clients speak, for counters and people. */
export const INGEST_PROTOCOLS = ['native', 'otlp-http', 'otlp-grpc', 'loki', 'remote-write'] as const;

/** One of the protocols. */
export type IngestProtocol = (typeof INGEST_PROTOCOLS)[number];

/**
 * What travels beside a batch's bytes in the queue: everything that the worker needs and the body does not say. It is stored as JSON and may be read by a newer or
 * older program than wrote it, so fields are only ever added, optional, with a note of since when.
 */
export interface IngestEnvelope {
  readonly v: 1;
  readonly orgId: OrgId;
  readonly signal: Signal;
  readonly format: IngestFormat;
  /** A UUIDv7; the `ingestId` of the 202. With a record's index it identifies the record for good. */
  readonly batchId: string;
  /** Since the second release of the format; absent means `native`. */
  readonly protocol?: IngestProtocol;
  /** The key that let the batch in, for metering. */
  readonly keyId: string;
  /** The platform made the batch of what was metered already: it is no usage. Absent before metrics were made of spans. */
  readonly isUnmetered?: true;
  /** Unix ms at which the gateway had the whole body. Times that the client left out are this. */
  readonly receivedAtMs: number;
  /** Days that the organization keeps this signal, as known at receipt. */
  readonly retentionDays: number;
  /** Number of records that the gateway accepted. */
  readonly accepted: number;
  /** Indexes of records that the gateway refused; the worker skips them, whatever its own schema says. */
  readonly rejected: readonly number[];
  /** The peer's address, for enrichment. */
  readonly clientAddress: string;
  /** What the peer says it is, for enrichment of what browsers send. Absent where it said nothing, and before the normalizer learned to read it. */
  readonly userAgent?: string;
  /** User-agent client hints (https://wicg.github.io/ua-client-hints/): `sec-ch-ua…` headers that were sent, by name. */
  readonly clientHints?: Readonly<Record<string, string>>;
}

/** The queue stream of a signal. */
export function streamOf(signal: Signal): string {
  return `${signal}:raw`;
}
