import type { Place } from './place.ts';

/** The fields of the signals' records that have texts. */
export type TopPlaces = ReturnType<typeof topPlaces>;

/** Makes the place of each by its path, as counts show it. */
export function topPlaces(top: (path: string) => Place) {
  return {
    /** Of a text that stands nowhere. */
    none: top(''),
    message: top('message'),
    attributes: top('attributes'),
    resource: top('resource'),
    details: top('details'),
    service: top('service'),
    host: top('host'),
    env: top('env'),
    version: top('version'),
    severityText: top('severityText'),
    scopeName: top('scopeName'),
    scopeVersion: top('scopeVersion'),
    geo: top('geo'),
    userAgent: top('userAgent'),
    ingestId: top('ingestId'),
    traceId: top('traceId'),
    spanId: top('spanId'),
    name: top('name'),
    statusMessage: top('statusMessage'),
    traceState: top('traceState'),
    application: top('application'),
    release: top('release'),
    sessionId: top('sessionId'),
    viewId: top('viewId'),
    userId: top('userId'),
    url: top('url'),
    stack: top('stack'),
    data: top('data'),
    value: top('value'),
    durationMs: top('durationMs'),
    type: top('type'),
    target: top('target'),
    ip: top('ip'),
    labels: top('labels'),
    eventName: top('events[].name'),
    eventAttributes: top('events[].attributes'),
    linkTraceState: top('links[].traceState'),
    linkAttributes: top('links[].attributes'),
    exemplarLabels: top('exemplars[]'),
    help: top('metadata.help'),
    unit: top('metadata.unit'),
  };
}
