export { AegisError, type AegisErrorOptions } from './aegis-error.ts';
export { LoginAnswer, LoginRequest, MeAnswer, MembershipView, UserView } from './api-account.ts';
export {
  LogHistogramAnswer,
  LogHistogramRequest,
  LogMatrixAnswer,
  LogSearchAnswer,
  LogSearchRequest,
  LogView,
  Problem,
  StatsView,
  TimeInput,
} from './api-logs.ts';
export { formatDuration, parseDuration } from './duration.ts';
export { ERRORS, type ErrorCode } from './error-table.ts';
export { type IngestEnvelope, type IngestFormat, SIGNALS, type Signal, streamOf } from './ingest-envelope.ts';
export type { JsonObject, JsonValue } from './json.ts';
export { labelName, NATIVE_LOG_LABELS, type NativeLogLabel, sanitizeLabelName } from './label-name.ts';
export type {
  LabelMatcher,
  LineFilter,
  LogCountQuery,
  LogCountSeries,
  LogCounts,
  LogDirection,
  LogPage,
  LogPosition,
  LogReader,
  LogSearch,
  LogSelection,
  MatchOperator,
  QueryBounds,
  QueryStats,
  StoredLog,
} from './log-reader.ts';
export { LOG_LEVELS, type LogLevel, type LogRecord } from './log-record.ts';
export { type OrgId, parseOrgId } from './org-id.ts';
export { parseStep } from './parse-step.ts';
export { parseTimeInput } from './parse-time-input.ts';
export { parseTimestamp } from './parse-timestamp.ts';
export {
  INGEST_SCOPES,
  type IngestScope,
  PERMISSIONS,
  type Permission,
  ROLE_PERMISSIONS,
  ROLES,
  type Role,
} from './permissions.ts';
export { EXIT_CONFIG, HEARTBEAT_INTERVAL_MS, type ServerReport } from './supervision.ts';
export {
  formatRfc3339Nanos,
  NANOS_PER_MS,
  NANOS_PER_SECOND,
  nanosFromMs,
  UNIX_NANOS_MAX,
  UNIX_NANOS_MIN,
  type UnixNanos,
  unixNanos,
} from './unix-nanos.ts';
