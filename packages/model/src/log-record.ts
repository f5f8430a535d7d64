import type { JsonObject } from './json.ts';
import type { UnixNanos } from './unix-nanos.ts';

/** The stored levels, least severe first (contract §6, "Records"). */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** One of the six stored levels. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * One log as the pipeline's stages see it. Absent texts are `''`, absent objects `{}`: storage keeps columns, not options,
 * and a fixed shape keeps the hot path monomorphic. Stages change a record in place.
 */
export interface LogRecord {
  /** When it happened. */
  timestamp: UnixNanos;
  level: LogLevel;
  /** OpenTelemetry's SeverityNumber, 1–24; 0 when nothing was sent. https://opentelemetry.io/docs/specs/otel/logs/data-model/ */
  severityNumber: number;
  /** The level's text as it was sent. */
  severityText: string;
  service: string;
  message: string;
  host: string;
  env: string;
  version: string;
  /** Lower-case hex when it was hex, else as sent. */
  traceId: string;
  spanId: string;
  scopeName: string;
  scopeVersion: string;
  attributes: JsonObject;
  resource: JsonObject;
  /**
   * What a protocol says of a record beside its attributes, so that nothing is dropped: `flags`, `observedTimestamp` (RFC 3339, nine digits), `eventName`, `droppedAttributesCount`, `bodyType`
   * (`map`, `array`, `int`, `double`, `bool`, `bytes`; the message is then the body's JSON text), `schemaUrl`, `scope` and `resource` (`{attributes?, droppedAttributesCount?, schemaUrl?}`). Members are absent
   * rather than empty. No label answers to them. `scrubbed` is the pipeline's: how often each detector replaced something, e.g. `{email: 2}`.
   */
  details: JsonObject;
  /** Where the client is: `country` (ISO 3166-1 alpha-2), `countryName`, `region`, `city`, `timeZone`, `latitude`, `longitude`, `asn`, `asOrganization`; members that are not known are absent. Labels `geo_country` and so on. */
  geo: JsonObject;
  /** What the client is: `browser`, `browserVersion`, `os`, `osVersion`, `deviceType` (`desktop`, `mobile`, `tablet`, `tv`, `console`, `wearable`, `bot`, `other`), `deviceBrand`, `deviceModel`, `bot` (a bot's name). Labels `user_agent_browser` and so on. */
  userAgent: JsonObject;
  /** The client's own id of the record, `''` when it gave none. */
  ingestId: string;
  /** True when the message or a value was cut at its limit. */
  truncated: boolean;
  /** Days that it is kept, where a rule of its organization says so; absent: as long as its batch. */
  retentionDays?: number;
  /** Where it stood in its batch, 0-based: with the batch's id it names the record for good. */
  index: number;
}
