export { AegisError, type AegisErrorOptions } from './aegis-error.ts';
export {
  AUTH_METHODS,
  type AuthMethod,
  AuthOptionsAnswer,
  ChangePasswordRequest,
  ForgotPasswordRequest,
  LoginAnswer,
  LoginOutcome,
  LoginRequest,
  MeAnswer,
  MembershipView,
  MfaEnabledAnswer,
  MfaProofRequest,
  MfaRequiredAnswer,
  MfaSetupAnswer,
  MfaSetupRequest,
  MfaStateAnswer,
  MfaVerifyRequest,
  PasskeyLogin,
  PasskeyLoginOptionsRequest,
  PasskeyOptionsAnswer,
  PasskeyRegistration,
  PasskeyRename,
  PasskeyResponse,
  ProfileRequest,
  RecoveryCodesAnswer,
  RegisterRequest,
  ResetPasswordRequest,
  SECOND_FACTORS,
  type SecondFactor,
  SessionView,
  UserView,
} from './api-account.ts';
export {
  ACTOR_KINDS,
  type ActorKind,
  AuditEntryView,
  AuditExportRequest,
  AuditListRequest,
  AuditPage,
  AuditVerifyAnswer,
} from './api-audit.ts';
export {
  Dashboard,
  DashboardImportAnswer,
  DashboardImportRequest,
  DashboardListRequest,
  DashboardPage,
  DashboardSummary,
  DashboardUpdate,
  DashboardVersion,
  DashboardVersionPage,
  DashboardVersionParams,
  ImportRemark,
  NewDashboard,
  NewPanel,
} from './api-dashboards.ts';
export {
  DeadLetterListRequest,
  DeadLetterPage,
  DeadLetterReplayAnswer,
  DeadLetterView,
} from './api-dead-letters.ts';
export {
  SecurityEventsAnswer,
  SecurityEventsRequest,
  SecurityEventTrendAnswer,
  SecurityEventTrendRequest,
  SecurityEventView,
} from './api-events.ts';
export { HealthAnswer, ReadinessAnswer } from './api-health.ts';
export { IngestCountsAnswer, IngestEndpointsAnswer } from './api-ingest.ts';
export {
  ApiKeyPage,
  ApiKeyUpdate,
  ApiKeyView,
  KeyVolumeAnswer,
  KeyVolumeRequest,
  NewApiKeyAnswer,
  NewApiKeyRequest,
  RotateApiKeyRequest,
} from './api-keys.ts';
export {
  LogCompareAnswer,
  LogCompareRequest,
  LogContextAnswer,
  LogContextRequest,
  LogExportRequest,
  LogFacetsAnswer,
  LogFacetsRequest,
  LogPatternsAnswer,
  LogPatternsRequest,
} from './api-log-analysis.ts';
export {
  LogPipelinesAnswer,
  PipelineImportAnswer,
  PipelineImportRequest,
  type PipelineLog,
  type PipelineMetric,
  PipelinePreviewAnswer,
  PipelinePreviewRequest,
  type PipelineStepTrace,
  type PipelineTrace,
} from './api-log-pipelines.ts';
export {
  LogHistogramAnswer,
  LogHistogramRequest,
  LogMatrixAnswer,
  LogSearchAnswer,
  LogSearchRequest,
  LogTailRequest,
  LogView,
  Problem,
  RangeRequest,
  StatsView,
  TailedLog,
  TimeInput,
} from './api-logs.ts';
export {
  LokiBuildAnswer,
  LokiDetectedFieldsAnswer,
  LokiDetectedFieldsRequest,
  LokiDetectedLabelsAnswer,
  LokiDetectedLabelsRequest,
  LokiDetectedValuesAnswer,
  LokiFormatAnswer,
  LokiFormatRequest,
  LokiNameParams,
  LokiNamesAnswer,
  LokiNamesRequest,
  LokiPatternsAnswer,
  LokiPatternsRequest,
  LokiQueryAnswer,
  LokiQueryRequest,
  LokiRangeRequest,
  LokiSeriesAnswer,
  LokiSeriesRequest,
  LokiStatsAnswer,
  LokiStatsRequest,
  LokiTailRequest,
  LokiVolumeAnswer,
  LokiVolumeRequest,
} from './api-loki.ts';
export { MetricAnswer, MetricQueryRequest } from './api-metrics.ts';
export { NativeAnswer, NativeLogs, NativeMetrics, NativeRum, NativeSpans } from './api-native.ts';
export {
  DeleteOrganizationRequest,
  ErasureView,
  NewOrganizationRequest,
  OrganizationUpdate,
  OrganizationView,
  RetentionAnswer,
  RetentionSettings,
  Slug,
  SsoSettings,
  SsoTestAnswer,
  SsoTestRequest,
  SsoView,
} from './api-organization.ts';
export { EmailInput, IdParams, Instant, Name, NewPassword, PageRequest, pageOf } from './api-page.ts';
export {
  GeoSourceAnswer,
  PrivacyFindingsAnswer,
  PrivacyPolicyAnswer,
  PrivacyPolicyRequest,
  PrivacyPreviewAnswer,
  PrivacyPreviewRequest,
} from './api-privacy.ts';
export {
  PrometheusAlertmanagersAnswer,
  PrometheusAlertsAnswer,
  PrometheusBuildAnswer,
  PrometheusConfigAnswer,
  PrometheusError,
  PrometheusExemplarsAnswer,
  PrometheusExemplarsRequest,
  PrometheusFlagsAnswer,
  PrometheusFormatAnswer,
  PrometheusLabelParams,
  PrometheusMetadataAnswer,
  PrometheusMetadataRequest,
  PrometheusNamesAnswer,
  PrometheusNamesRequest,
  PrometheusParseAnswer,
  PrometheusQueryAnswer,
  PrometheusQueryRequest,
  PrometheusRangeRequest,
  PrometheusRulesAnswer,
  PrometheusRulesRequest,
  PrometheusRuntimeAnswer,
  PrometheusSeriesAnswer,
  PrometheusSeriesRequest,
  PrometheusTargetsAnswer,
  PrometheusTextRequest,
  PrometheusTsdbAnswer,
  PrometheusTsdbRequest,
} from './api-prometheus.ts';
export {
  type EvaluationState,
  RecordingRule,
  RULE_FILE_LENGTH_MAX,
  RULE_GROUPS_MAX,
  RULE_INTERVAL_MIN_SECONDS,
  RULES_MAX,
  RuleGroup,
  RuleGroupListRequest,
  RuleGroupPage,
  RuleGroupRequest,
  type RuleHealth,
  RuleImportAnswer,
  RuleImportRequest,
  RuleRemark,
} from './api-rules.ts';
export { RumSessionAnswer, RumSessionsAnswer, RumSessionsRequest } from './api-rum.ts';
export {
  CONNECTION_TYPES,
  type ConnectionType,
  DependenciesAnswer,
  DependenciesRequest,
  EnvironmentsAnswer,
  EnvironmentsRequest,
  GRAPH_NODE_TYPES,
  type GraphNodeType,
  OperationsAnswer,
  OperationsRequest,
  type ServiceBasis,
  ServiceMapAnswer,
  ServiceMapRequest,
  ServicesAnswer,
  ServicesRequest,
  ServiceTimelineAnswer,
  ServiceTimelineRequest,
} from './api-services.ts';
export {
  TempoBuildAnswer,
  TempoInstantAnswer,
  TempoInstantRequest,
  TempoRangeAnswer,
  TempoRangeRequest,
  TempoSearchAnswer,
  TempoSearchRequest,
  TempoTagParams,
  TempoTagsAnswer,
  TempoTagsRequest,
  TempoTagsV2Answer,
  TempoTraceAnswer,
  TempoTraceParams,
  TempoTraceRequest,
  TempoTraceV2Answer,
  TempoTraceV2Request,
  TempoValuesAnswer,
  TempoValuesRequest,
  TempoValuesV2Answer,
} from './api-tempo.ts';
export {
  FUNNEL_STEPS_MAX,
  type FunnelLatencyView,
  type FunnelStepView,
  type FunnelTraceView,
  TraceFunnelAnswer,
  TraceFunnelRequest,
} from './api-trace-funnels.ts';
export {
  SamplingPreviewAnswer,
  SamplingPreviewRequest,
  TraceSamplingAnswer,
  TraceSamplingRequest,
} from './api-trace-sampling.ts';
export {
  OUTLINE_FLAGS,
  SpanPercentileAnswer,
  SpanView,
  TraceAnswer,
  TraceComparison,
  TraceFieldsAnswer,
  TraceFindAnswer,
  TraceMetricsAnswer,
  TraceOutline,
  TraceOverviewAnswer,
  TraceOverviewRequest,
  TraceSearchAnswer,
  TraceSearchRequest,
  TraceSummaryView,
  TraceValuesAnswer,
} from './api-traces.ts';
export { UsageAnswer, UsageRequest } from './api-usage.ts';
export {
  AcceptInvitationRequest,
  ChangeRoleRequest,
  InvitationPage,
  InvitationPreview,
  InvitationView,
  MemberListRequest,
  MemberPage,
  MemberView,
  NewMemberAnswer,
  NewMemberRequest,
  RoleList,
  RoleRequest,
  RoleView,
} from './api-users.ts';
export {
  NewSavedView,
  SavedView,
  SavedViewListRequest,
  SavedViewPage,
  SavedViewUpdate,
  VIEW_PAGES,
} from './api-views.ts';
export { AUDIT_ACTIONS, type AuditAction } from './audit-actions.ts';
export { ATTRIBUTE_BYTES_MAX, ATTRIBUTE_COUNT_MAX } from './bounds/attribute-limits.ts';
export { boundAttributes } from './bounds/bound-attributes.ts';
export { countLeaves } from './bounds/count-leaves.ts';
export { cutText } from './bounds/cut-text.ts';
export { stringifyBounded } from './bounds/stringify-bounded.ts';
export { TextBounds } from './bounds/text-bounds.ts';
export { checkRegexSize } from './check-regex-size.ts';
export { compareLabels } from './compare-labels.ts';
export { cutBetweenWords } from './cut-between-words.ts';
export {
  DASHBOARD_COLUMNS,
  DashboardAnnotation,
  DashboardContent,
  DashboardPanel,
  DashboardVariable,
  PANEL_TYPES,
  PanelGrid,
  PanelOptions,
  PanelQuery,
  SeriesColor,
  TableColumn,
  ValueMapping,
} from './dashboard.ts';
export { formatDuration, parseDuration } from './duration.ts';
export {
  addDurations,
  bucketBelowMs,
  countNotAbove,
  type DurationCounts,
  durationBoundMs,
  durationQuantileMs,
  NO_DURATIONS,
} from './duration-buckets.ts';
export { ErasureReport, ErasureStep, erasureProgress } from './erasure-report.ts';
export { ERRORS, type ErrorCode } from './error-table.ts';
export { formatBound } from './format-bound.ts';
export { type FunnelPath, FunnelTally } from './funnel-tally.ts';
export type { IngestCount, IngestCountStore, IngestOutcome } from './ingest-count.ts';
export {
  INGEST_PROTOCOLS,
  type IngestEnvelope,
  type IngestFormat,
  type IngestProtocol,
  SIGNALS,
  type Signal,
  streamOf,
} from './ingest-envelope.ts';
export type { JsonObject, JsonValue } from './json.ts';
export { COMPARED_ATTRIBUTES_MAX, KeptComparison, tooManyComparedAttributes } from './kept-comparison.ts';
export { addedLabelName, labelName, NATIVE_LOG_LABELS, sanitizeLabelName } from './label-name.ts';
export {
  columnLabels,
  type LabelSource,
  type LabelValues,
  type LogLabels,
  type LogLine,
  labelValue,
  logLabels,
  PUSHED_METADATA,
  presentLabels,
} from './log-labels.ts';
export { type LogLabelSet, type LogMetricChange, seriesOfLabelSet } from './log-metric-change.ts';
export type {
  LogContext,
  LogContextQuery,
  LogFacet,
  LogFacetQuery,
  LogFacets,
  LogLabelName,
  LogLabelNames,
  LogOverview,
  LogSample,
  LogSampleQuery,
  LogTotals,
  LogValueCount,
  LogValueCounts,
  LogValueQuery,
  LogVolume,
  LogVolumeQuery,
  LogVolumes,
} from './log-overview.ts';
export { LogPipelines, LogRule, NO_LOG_PIPELINES, RetentionRule } from './log-pipelines.ts';
export type {
  LabelMatcher,
  LineFilter,
  LogBlock,
  LogCountQuery,
  LogCountSeries,
  LogCounts,
  LogDirection,
  LogHint,
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
export {
  LOG_METRIC_TYPES,
  LogRuleStep,
  LogRuleSteps,
  LogSelector,
  type MatchStep,
  type StepOf,
  TIMESTAMP_FAILURES,
} from './log-rule-steps.ts';
export {
  type DeltaColumns,
  type ExemplarSample,
  type HistogramBuckets,
  type HistogramSample,
  type Labels,
  METRIC_TYPES,
  type MetricBatch,
  type MetricMetadata,
  type MetricSeries,
  type MetricType,
  type NativeHistogram,
  type SampleColumns,
} from './metric-batch.ts';
export {
  type Cardinality,
  type FoundMetadata,
  type FoundNames,
  type FoundSeriesLabels,
  GRID_FUNCTIONS,
  type GridAnswer,
  type GridFunction,
  type GridRequest,
  type GridSeries,
  type MetadataQuestion,
  type MetricReader,
  type MetricSelection,
  type SelectedSamples,
  type SeriesQuestion,
  type SeriesSamples,
} from './metric-reader.ts';
export {
  addHistograms,
  alignHistograms,
  bucketsOf,
  CUSTOM_BUCKETS_SCHEMA,
  compactHistogram,
  downscaleHistogram,
  exponentialBound,
  indexedCounts,
  isExponential,
  widenZeroBucket,
} from './native-histogram.ts';
export { METRIC_NAME, normalizeLabels } from './normalize-labels.ts';
export { type OrgId, parseOrgId } from './org-id.ts';
export { parseStep } from './parse-step.ts';
export { parseTimeInput } from './parse-time-input.ts';
export { parseTimestamp } from './parse-timestamp.ts';
export {
  API_KEY_KINDS,
  type ApiKeyKind,
  INGEST_SCOPES,
  type IngestScope,
  PERMISSION_TEXTS,
  PERMISSIONS,
  type Permission,
  QUERY_TOKEN_PERMISSIONS,
  ROLE_PERMISSIONS,
  ROLES,
  type Role,
} from './permissions.ts';
export { PLATFORM_EVENTS, type PlatformEventType } from './platform-events.ts';
export {
  AllowedField,
  CustomRule,
  DEFAULT_PRIVACY_POLICY,
  DETECTORS,
  type DetectorName,
  PrivacyPolicy,
  SCRUB_STRATEGIES,
  type ScrubStrategy,
} from './privacy-policy.ts';
export { invalidQuery, problemOfQuery } from './query-error.ts';
export { regexSizeBound } from './regex-size-bound.ts';
export { ALL_ROUTES, ROUTES } from './routes/all-routes.ts';
export { AUDIT_ROUTES } from './routes/audit-routes.ts';
export { AUTH_ROUTES, TURN_COOKIE } from './routes/auth-routes.ts';
export { DASHBOARD_ROUTES } from './routes/dashboard-routes.ts';
export { EVENT_ROUTES } from './routes/event-routes.ts';
export { INGEST_ROUTES } from './routes/ingest-routes.ts';
export { INTAKE_ROUTES } from './routes/intake-routes.ts';
export { KEY_ROUTES } from './routes/key-routes.ts';
export { LOG_PIPELINE_ROUTES } from './routes/log-pipeline-routes.ts';
export { LOG_ROUTES } from './routes/log-routes.ts';
export { LOKI_ROUTES } from './routes/loki-routes.ts';
export { MFA_ROUTES } from './routes/mfa-routes.ts';
export { ORGANIZATION_ROUTES } from './routes/organization-routes.ts';
export { PEOPLE_ROUTES } from './routes/people-routes.ts';
export { PRIVACY_ROUTES } from './routes/privacy-routes.ts';
export { PROMETHEUS_ROUTES } from './routes/prometheus-routes.ts';
export { QUERY_ROUTES } from './routes/query-routes.ts';
export {
  type Access,
  type AnswerOf,
  type Asked,
  type Asking,
  defineRoute,
  type Route,
  type RouteMethod,
} from './routes/route.ts';
export { RULE_ROUTES } from './routes/rule-routes.ts';
export { SAMPLING_ROUTES } from './routes/sampling-routes.ts';
export { SERVICE_ROUTES } from './routes/service-routes.ts';
export { SSO_ROUTES } from './routes/sso-routes.ts';
export { SYSTEM_ROUTES } from './routes/system-routes.ts';
export { TEMPO_ROUTES } from './routes/tempo-routes.ts';
export { TRACE_ROUTES, TRACE_VIEW_ROUTES, TRACEQL_ROUTES } from './routes/trace-routes.ts';
export { VIEW_ROUTES } from './routes/view-routes.ts';
export type { RumReader, RumSession, StoredRumEvent } from './rum-reader.ts';
export { RUM_EVENT_TYPES, type RumEventType, type RumRecord } from './rum-record.ts';
export type { ScrubCount, ScrubCountStore } from './scrub-count.ts';
export {
  EVENT_SEVERITIES,
  EVENT_SOURCES,
  EVENTS_RETENTION_DAYS,
  type EventSeverity,
  type EventSource,
  type SecurityEventRecord,
} from './security-event.ts';
export type {
  SecurityEventFilter,
  SecurityEventPage,
  SecurityEventReader,
  SecurityEventSearch,
  SecurityEventTrend,
  StoredSecurityEvent,
} from './security-event-reader.ts';
export type {
  DurationPeers,
  GraphEdge,
  GraphEdgeQuery,
  GraphNode,
  ServiceReader,
  SlowestSpan,
  SpanFigureKey,
  SpanFigureQuery,
  SpanFigureSelection,
  SpanFigures,
} from './service-reader.ts';
export { setMember } from './set-member.ts';
export {
  type BucketCounts,
  COMPARED_SIDES,
  type ComparedAttribute,
  type ComparedSide,
  mostFrequentValues,
  type SpanComparison,
  type SpanComparisonQuery,
} from './span-comparison.ts';
export type { FunnelLatency, FunnelStep, FunnelTrace, SpanFunnel, SpanFunnelQuery } from './span-funnel.ts';
export { PEER_NAME_MAX, PEER_NAMES, type PeerName, type PeerType, spanPeer } from './span-peer.ts';
export type {
  FetchedSpan,
  SpanAggregation,
  SpanAttributeScope,
  SpanComparisonOperator,
  SpanCondition,
  SpanFetch,
  SpanField,
  SpanFieldValue,
  SpanGroup,
  SpanGroups,
  SpanIntrinsic,
  SpanNameCount,
  SpanParts,
  SpanQueryReader,
  SpanScan,
  TraceCandidateSearch,
  TraceIntrinsic,
} from './span-query.ts';
export type {
  SpanReader,
  StoredSpan,
  TraceListing,
  TracePosition,
  TraceSpans,
  TraceSummaries,
  TraceSummary,
} from './span-reader.ts';
export {
  SPAN_KINDS,
  SPAN_STATUSES,
  type SpanEvent,
  type SpanKind,
  type SpanLink,
  type SpanRecord,
  type SpanStatus,
} from './span-record.ts';
export { isStaleMarker, STALE_MARKER_BITS, setStaleMarker } from './stale-marker.ts';
export { RetentionShortened, StoredRetention } from './stored-retention.ts';
export { EXIT_CONFIG, HEARTBEAT_INTERVAL_MS, type ReadyReport, type ServerReport } from './supervision.ts';
export { totalStats } from './total-stats.ts';
export {
  type FoundSpans,
  type ReadTraceColumns,
  SPAN_MARKS,
  type SpanPlace,
  type TraceColumns,
} from './trace-columns.ts';
export {
  NO_TRACE_SAMPLING,
  type SampledDay,
  SamplingRule,
  TraceSampling,
  type TraceSamplingStore,
} from './trace-sampling.ts';
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
export { type Unquoted, unquoteInterpreted, unquoteRaw } from './unquote-go.ts';
