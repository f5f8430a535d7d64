// https://grafana.com/docs/loki/latest/reference/loki-http-api/
import {
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
} from '../api-loki.ts';
import { defineRoute } from './route.ts';

/** What its routes have in common. */
const COMMON = {
  tag: 'Loki',
  access: { kind: 'permission', permission: 'logs:read' },
  effect: 'read',
  status: 200,
  errorAnswer: 'text/plain',
} as const;
const READING = { ...COMMON, problems: ['invalid-query', 'rate-limited', 'query-too-large', 'query-timeout'] } as const;
const EVALUATING = { ...READING, problems: [...READING.problems, 'query-not-runnable'] } as const;
const BY_FORM = { method: 'POST', takesForm: true } as const;

const QUERY = {
  ...EVALUATING,
  path: '/loki/api/v1/query',
  summary: 'A metric query of LogQL at one time',
  query: LokiQueryRequest,
  answer: LokiQueryAnswer,
} as const;
const RANGE = {
  ...EVALUATING,
  path: '/loki/api/v1/query_range',
  summary: 'LogQL over a range',
  query: LokiRangeRequest,
  answer: LokiQueryAnswer,
} as const;
const LABELS = {
  ...READING,
  path: '/loki/api/v1/labels',
  summary: 'Names of labels',
  query: LokiNamesRequest,
  answer: LokiNamesAnswer,
} as const;
const VALUES = {
  ...READING,
  path: '/loki/api/v1/label/:name/values',
  summary: 'Values of a label',
  params: LokiNameParams,
  query: LokiNamesRequest,
  answer: LokiNamesAnswer,
} as const;
const SERIES = {
  ...READING,
  path: '/loki/api/v1/series',
  summary: 'Streams that selectors select',
  query: LokiSeriesRequest,
  answer: LokiSeriesAnswer,
} as const;
const INDEX_STATS = {
  ...READING,
  path: '/loki/api/v1/index/stats',
  summary: 'How much a selector selects',
  query: LokiStatsRequest,
  answer: LokiStatsAnswer,
} as const;
const VOLUME = {
  ...READING,
  path: '/loki/api/v1/index/volume',
  summary: 'Bytes of logs by labels',
  query: LokiVolumeRequest,
  answer: LokiVolumeAnswer,
} as const;
const VOLUME_RANGE = {
  ...READING,
  path: '/loki/api/v1/index/volume_range',
  summary: 'Bytes of logs by labels over time',
  query: LokiVolumeRequest,
  answer: LokiVolumeAnswer,
} as const;
const DETECTED_FIELDS = {
  ...EVALUATING,
  path: '/loki/api/v1/detected_fields',
  summary: 'Fields that lines of a query have',
  query: LokiDetectedFieldsRequest,
  answer: LokiDetectedFieldsAnswer,
} as const;
const FORMAT = {
  ...COMMON,
  path: '/loki/api/v1/format_query',
  summary: 'A query, prettily written',
  query: LokiFormatRequest,
  answer: LokiFormatAnswer,
  problems: ['invalid-query'],
} as const;

/** Loki's HTTP API over an organization's logs, for Grafana and other clients. What may be long is also taken as a form, by POST. */
export const LOKI_ROUTES = {
  lokiQuery: defineRoute({ ...QUERY, id: 'lokiQuery', method: 'GET' }),
  lokiQueryForm: defineRoute({ ...QUERY, ...BY_FORM, id: 'lokiQueryForm' }),
  lokiRange: defineRoute({ ...RANGE, id: 'lokiRange', method: 'GET' }),
  lokiRangeForm: defineRoute({ ...RANGE, ...BY_FORM, id: 'lokiRangeForm' }),
  lokiLabels: defineRoute({ ...LABELS, id: 'lokiLabels', method: 'GET' }),
  lokiLabelsForm: defineRoute({ ...LABELS, ...BY_FORM, id: 'lokiLabelsForm' }),
  lokiLabelValues: defineRoute({ ...VALUES, id: 'lokiLabelValues', method: 'GET' }),
  lokiSeries: defineRoute({ ...SERIES, id: 'lokiSeries', method: 'GET' }),
  lokiSeriesForm: defineRoute({ ...SERIES, ...BY_FORM, id: 'lokiSeriesForm' }),
  lokiIndexStats: defineRoute({ ...INDEX_STATS, id: 'lokiIndexStats', method: 'GET' }),
  lokiIndexStatsForm: defineRoute({ ...INDEX_STATS, ...BY_FORM, id: 'lokiIndexStatsForm' }),
  lokiVolume: defineRoute({ ...VOLUME, id: 'lokiVolume', method: 'GET' }),
  lokiVolumeForm: defineRoute({ ...VOLUME, ...BY_FORM, id: 'lokiVolumeForm' }),
  lokiVolumeRange: defineRoute({ ...VOLUME_RANGE, id: 'lokiVolumeRange', method: 'GET' }),
  lokiVolumeRangeForm: defineRoute({ ...VOLUME_RANGE, ...BY_FORM, id: 'lokiVolumeRangeForm' }),
  lokiPatterns: defineRoute({
    ...READING,
    id: 'lokiPatterns',
    method: 'GET',
    path: '/loki/api/v1/patterns',
    summary: 'Patterns that lines follow, over time',
    query: LokiPatternsRequest,
    answer: LokiPatternsAnswer,
  }),
  lokiDetectedLabels: defineRoute({
    ...READING,
    id: 'lokiDetectedLabels',
    method: 'GET',
    path: '/loki/api/v1/detected_labels',
    summary: 'Labels, and how many values each has',
    query: LokiDetectedLabelsRequest,
    answer: LokiDetectedLabelsAnswer,
  }),
  lokiDetectedFields: defineRoute({ ...DETECTED_FIELDS, id: 'lokiDetectedFields', method: 'GET' }),
  lokiDetectedFieldsForm: defineRoute({ ...DETECTED_FIELDS, ...BY_FORM, id: 'lokiDetectedFieldsForm' }),
  lokiDetectedFieldValues: defineRoute({
    ...EVALUATING,
    id: 'lokiDetectedFieldValues',
    method: 'GET',
    path: '/loki/api/v1/detected_field/:name/values',
    summary: 'Values of a field that lines have',
    params: LokiNameParams,
    query: LokiDetectedFieldsRequest,
    answer: LokiDetectedValuesAnswer,
  }),
  lokiTail: defineRoute({
    ...COMMON,
    id: 'lokiTail',
    method: 'GET',
    path: '/loki/api/v1/tail',
    summary: 'Lines as they come in, over a websocket',
    description:
      'Frames are `{"streams":[{"stream":{…},"values":[["<ns>","<line>"]]}],"dropped_entries":[{"labels":{…},"timestamp":"<ns>"}]}`. The last member is there when lines were missed, with an entry for each, at most 1000.',
    query: LokiTailRequest,
    answer: null,
    status: 101,
    problems: ['invalid-query', 'rate-limited', 'query-too-large', 'query-timeout'],
  }),
  lokiFormat: defineRoute({ ...FORMAT, id: 'lokiFormat', method: 'GET' }),
  lokiFormatForm: defineRoute({ ...FORMAT, ...BY_FORM, id: 'lokiFormatForm' }),
  lokiBuild: defineRoute({
    ...COMMON,
    id: 'lokiBuild',
    method: 'GET',
    path: '/loki/api/v1/status/buildinfo',
    summary: 'The version of Loki whose API and language this is',
    answer: LokiBuildAnswer,
  }),
};
