// https://prometheus.io/docs/prometheus/latest/querying/api/
import {
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
} from '../api-prometheus.ts';
import { defineRoute } from './route.ts';

/** What its routes have in common. */
const COMMON = {
  tag: 'Prometheus',
  access: { kind: 'permission', permission: 'metrics:read' },
  effect: 'read',
  status: 200,
  errorAnswer: PrometheusError,
} as const;
const READING = {
  ...COMMON,
  problems: ['invalid-query', 'rate-limited', 'query-too-large'],
  otherAnswers: {
    503: { description: 'The query took too long, or the store takes no queries for now', answer: PrometheusError },
  },
} as const;
const EVALUATING = { ...READING, problems: [...READING.problems, 'query-not-runnable'] } as const;
const BY_FORM = { method: 'POST', takesForm: true } as const;

const QUERY = {
  ...EVALUATING,
  path: '/prometheus/api/v1/query',
  summary: 'PromQL at one time',
  query: PrometheusQueryRequest,
  answer: PrometheusQueryAnswer,
} as const;
const RANGE = {
  ...EVALUATING,
  path: '/prometheus/api/v1/query_range',
  summary: 'PromQL over a range',
  query: PrometheusRangeRequest,
  answer: PrometheusQueryAnswer,
} as const;
const SERIES = {
  ...READING,
  path: '/prometheus/api/v1/series',
  summary: 'Series that selectors select',
  query: PrometheusSeriesRequest,
  answer: PrometheusSeriesAnswer,
} as const;
const LABELS = {
  ...READING,
  path: '/prometheus/api/v1/labels',
  summary: 'Names of labels',
  query: PrometheusNamesRequest,
  answer: PrometheusNamesAnswer,
} as const;
const EXEMPLARS = {
  ...READING,
  path: '/prometheus/api/v1/query_exemplars',
  summary: 'Exemplars of the series that a query selects',
  query: PrometheusExemplarsRequest,
  answer: PrometheusExemplarsAnswer,
} as const;
const FORMAT = {
  ...COMMON,
  path: '/prometheus/api/v1/format_query',
  summary: 'A query, prettily written',
  query: PrometheusTextRequest,
  answer: PrometheusFormatAnswer,
  problems: ['invalid-query'],
} as const;
const PARSE = {
  ...COMMON,
  path: '/prometheus/api/v1/parse_query',
  summary: 'The syntax tree of a query',
  query: PrometheusTextRequest,
  answer: PrometheusParseAnswer,
  problems: ['invalid-query'],
} as const;

/** Prometheus's HTTP API over an organization's metrics, for Grafana and other clients. What may be long is also taken as a form, by POST. */
export const PROMETHEUS_ROUTES = {
  prometheusQuery: defineRoute({ ...QUERY, id: 'prometheusQuery', method: 'GET' }),
  prometheusQueryForm: defineRoute({ ...QUERY, ...BY_FORM, id: 'prometheusQueryForm' }),
  prometheusRange: defineRoute({ ...RANGE, id: 'prometheusRange', method: 'GET' }),
  prometheusRangeForm: defineRoute({ ...RANGE, ...BY_FORM, id: 'prometheusRangeForm' }),
  prometheusSeries: defineRoute({ ...SERIES, id: 'prometheusSeries', method: 'GET' }),
  prometheusSeriesForm: defineRoute({ ...SERIES, ...BY_FORM, id: 'prometheusSeriesForm' }),
  prometheusLabels: defineRoute({ ...LABELS, id: 'prometheusLabels', method: 'GET' }),
  prometheusLabelsForm: defineRoute({ ...LABELS, ...BY_FORM, id: 'prometheusLabelsForm' }),
  prometheusLabelValues: defineRoute({
    ...READING,
    id: 'prometheusLabelValues',
    method: 'GET',
    path: '/prometheus/api/v1/label/:name/values',
    summary: 'Values of a label',
    params: PrometheusLabelParams,
    query: PrometheusNamesRequest,
    answer: PrometheusNamesAnswer,
  }),
  prometheusMetadata: defineRoute({
    ...READING,
    id: 'prometheusMetadata',
    method: 'GET',
    path: '/prometheus/api/v1/metadata',
    summary: 'Types, units and descriptions of metrics',
    query: PrometheusMetadataRequest,
    answer: PrometheusMetadataAnswer,
  }),
  prometheusExemplars: defineRoute({ ...EXEMPLARS, id: 'prometheusExemplars', method: 'GET' }),
  prometheusExemplarsForm: defineRoute({ ...EXEMPLARS, ...BY_FORM, id: 'prometheusExemplarsForm' }),
  prometheusFormat: defineRoute({ ...FORMAT, id: 'prometheusFormat', method: 'GET' }),
  prometheusFormatForm: defineRoute({ ...FORMAT, ...BY_FORM, id: 'prometheusFormatForm' }),
  prometheusParse: defineRoute({ ...PARSE, id: 'prometheusParse', method: 'GET' }),
  prometheusParseForm: defineRoute({ ...PARSE, ...BY_FORM, id: 'prometheusParseForm' }),
  prometheusTsdb: defineRoute({
    ...READING,
    id: 'prometheusTsdb',
    method: 'GET',
    path: '/prometheus/api/v1/status/tsdb',
    summary: 'Where series come from',
    description: 'Of series with a sample in the last two hours.',
    query: PrometheusTsdbRequest,
    answer: PrometheusTsdbAnswer,
  }),
  prometheusBuild: defineRoute({
    ...COMMON,
    id: 'prometheusBuild',
    method: 'GET',
    path: '/prometheus/api/v1/status/buildinfo',
    summary: 'The version of Prometheus whose API and language this is',
    answer: PrometheusBuildAnswer,
  }),
  prometheusRuntime: defineRoute({
    ...COMMON,
    id: 'prometheusRuntime',
    method: 'GET',
    path: '/prometheus/api/v1/status/runtimeinfo',
    summary: 'Since when the server runs',
    answer: PrometheusRuntimeAnswer,
  }),
  prometheusFlags: defineRoute({
    ...COMMON,
    id: 'prometheusFlags',
    method: 'GET',
    path: '/prometheus/api/v1/status/flags',
    summary: 'What holds for queries, by the names of Prometheus’s flags',
    answer: PrometheusFlagsAnswer,
  }),
  prometheusConfig: defineRoute({
    ...COMMON,
    id: 'prometheusConfig',
    method: 'GET',
    path: '/prometheus/api/v1/status/config',
    summary: 'A configuration file: an empty one',
    answer: PrometheusConfigAnswer,
  }),
  prometheusTargets: defineRoute({
    ...COMMON,
    id: 'prometheusTargets',
    method: 'GET',
    path: '/prometheus/api/v1/targets',
    summary: 'What is scraped: nothing',
    answer: PrometheusTargetsAnswer,
  }),
  prometheusAlertmanagers: defineRoute({
    ...COMMON,
    id: 'prometheusAlertmanagers',
    method: 'GET',
    path: '/prometheus/api/v1/alertmanagers',
    summary: 'Where alerts are sent: nowhere',
    answer: PrometheusAlertmanagersAnswer,
  }),
  prometheusRules: defineRoute({
    ...COMMON,
    id: 'prometheusRules',
    method: 'GET',
    path: '/prometheus/api/v1/rules',
    summary: 'Rules in groups',
    query: PrometheusRulesRequest,
    answer: PrometheusRulesAnswer,
  }),
  prometheusAlerts: defineRoute({
    ...COMMON,
    id: 'prometheusAlerts',
    method: 'GET',
    path: '/prometheus/api/v1/alerts',
    summary: 'Alerts of alerting rules',
    answer: PrometheusAlertsAnswer,
  }),
} as const;
