// https://grafana.com/docs/loki/latest/reference/loki-http-api/
import { LokiTailRequest } from '../api-logs.ts';
import { defineRoute } from './route.ts';

/** Loki's HTTP API over an organization's logs, for Grafana and other clients. */
export const LOKI_ROUTES = {
  lokiTail: defineRoute({
    id: 'lokiTail',
    method: 'GET',
    path: '/loki/api/v1/tail',
    tag: 'Loki',
    summary: 'Logs as they come in, over a websocket',
    description:
      'Frames are `{"streams":[{"stream":{…},"values":[["<ns>","<line>"]]}],"dropped_entries":[{"labels":{…},"timestamp":"<ns>"}]}`; the last member is there when lines were missed, and has an entry for each, at most 1000.',
    access: { kind: 'permission', permission: 'logs:read' },
    effect: 'read',
    query: LokiTailRequest,
    answer: null,
    status: 101,
    problems: ['invalid-query', 'query-not-runnable', 'rate-limited'],
  }),
} as const;
