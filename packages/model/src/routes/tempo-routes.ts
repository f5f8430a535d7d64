// https://grafana.com/docs/tempo/latest/api_docs/
import {
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
} from '../api-tempo.ts';
import { defineRoute } from './route.ts';

/** What its routes have in common. */
const COMMON = {
  tag: 'Tempo',
  access: { kind: 'permission', permission: 'traces:read' },
  effect: 'read',
  method: 'GET',
  status: 200,
  errorAnswer: 'text/plain',
} as const;
const READING = { ...COMMON, problems: ['rate-limited', 'query-too-large', 'query-timeout'] } as const;
const EVALUATING = { ...READING, problems: [...READING.problems, 'invalid-query', 'query-not-runnable'] } as const;
const ONE_TRACE = {
  ...EVALUATING,
  description: 'With `Accept: application/protobuf` the same in protocol buffers.',
  params: TempoTraceParams,
  problems: [...EVALUATING.problems, 'not-found'],
} as const;

/** Tempo's HTTP API over an organization's traces, for Grafana and other clients. */
export const TEMPO_ROUTES = {
  tempoEcho: defineRoute({
    ...COMMON,
    id: 'tempoEcho',
    path: '/tempo/api/echo',
    summary: 'Whether queries are answered',
    answer: 'text/plain',
  }),
  tempoBuild: defineRoute({
    ...COMMON,
    id: 'tempoBuild',
    path: '/tempo/api/status/buildinfo',
    summary: 'The version of Tempo whose API and language this is',
    answer: TempoBuildAnswer,
  }),
  tempoTrace: defineRoute({
    ...ONE_TRACE,
    id: 'tempoTrace',
    path: '/tempo/api/traces/:traceId',
    summary: 'A trace as OpenTelemetry has it',
    query: TempoTraceRequest,
    answer: TempoTraceAnswer,
  }),
  tempoTraceV2: defineRoute({
    ...ONE_TRACE,
    id: 'tempoTraceV2',
    path: '/tempo/api/v2/traces/:traceId',
    summary: 'A trace as OpenTelemetry has it, or some of its spans',
    query: TempoTraceV2Request,
    answer: TempoTraceV2Answer,
  }),
  tempoSearch: defineRoute({
    ...EVALUATING,
    id: 'tempoSearch',
    path: '/tempo/api/search',
    summary: 'Traces by TraceQL or by tags, newest first',
    query: TempoSearchRequest,
    answer: TempoSearchAnswer,
  }),
  tempoTags: defineRoute({
    ...READING,
    id: 'tempoTags',
    path: '/tempo/api/search/tags',
    summary: 'Names of attributes',
    query: TempoTagsRequest,
    answer: TempoTagsAnswer,
  }),
  tempoTagsV2: defineRoute({
    ...READING,
    id: 'tempoTagsV2',
    path: '/tempo/api/v2/search/tags',
    summary: 'Names of attributes and intrinsics, by scope',
    query: TempoTagsRequest,
    answer: TempoTagsV2Answer,
  }),
  tempoTagValues: defineRoute({
    ...READING,
    id: 'tempoTagValues',
    path: '/tempo/api/search/tag/:tag/values',
    summary: 'Values of an attribute',
    params: TempoTagParams,
    query: TempoValuesRequest,
    answer: TempoValuesAnswer,
  }),
  tempoTagValuesV2: defineRoute({
    ...EVALUATING,
    id: 'tempoTagValuesV2',
    path: '/tempo/api/v2/search/tag/:tag/values',
    summary: 'Values of a field of TraceQL, with their types',
    params: TempoTagParams,
    query: TempoValuesRequest,
    answer: TempoValuesV2Answer,
  }),
  tempoMetricsRange: defineRoute({
    ...EVALUATING,
    id: 'tempoMetricsRange',
    path: '/tempo/api/metrics/query_range',
    summary: 'TraceQL metrics over a range, with exemplars',
    query: TempoRangeRequest,
    answer: TempoRangeAnswer,
  }),
  tempoMetricsInstant: defineRoute({
    ...EVALUATING,
    id: 'tempoMetricsInstant',
    path: '/tempo/api/metrics/query',
    summary: 'TraceQL metrics of a range as one value each',
    query: TempoInstantRequest,
    answer: TempoInstantAnswer,
  }),
} as const;
