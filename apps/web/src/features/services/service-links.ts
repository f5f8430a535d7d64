import { logsPath, tracesPath } from '../../app/paths.ts';
import { presentParameters, type TimedView, timedParameters } from './services-view.ts';

/** A text as TraceQL and LogQL write it; both take JSON's escapes. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

function withRange(path: string, query: string, view: TimedView): string {
  return `${path}?${presentParameters([['q', query], ...timedParameters({ ...view, refresh: 0 })])}`;
}

/** The traces of a service, or of one of its operations; `condition` is more TraceQL that must be true of the span. */
export function tracesOfService(
  orgId: string,
  view: TimedView,
  { service, operation, condition }: { service: string; operation?: string | undefined; condition?: string },
): string {
  const conditions = [
    `resource.service.name = ${quoted(service)}`,
    ...(operation === undefined ? [] : [`name = ${quoted(operation)}`]),
    ...(condition === undefined ? [] : [condition]),
  ];
  return withRange(tracesPath(orgId), `{ ${conditions.join(' && ')} }`, view);
}

/** The logs of a service. */
export function logsOfService(orgId: string, view: TimedView, service: string): string {
  return withRange(logsPath(orgId), `{service=${quoted(service)}}`, view);
}
