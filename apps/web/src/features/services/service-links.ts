import { quoteText } from '@aegisguard/traceql/syntax';
import { logsPath, tracesPath } from '../../app/paths.ts';
import { quoteLogQl } from '../logs/query/logql-string.ts';
import { presentParameters, type TimedView, timedParameters } from './services-view.ts';

function withRange(path: string, query: string, view: TimedView): string {
  return `${path}?${presentParameters([['q', query], ...timedParameters({ ...view, refresh: 0, env: undefined })])}`;
}

const ENVIRONMENT = ['resource.deployment.environment.name', 'resource.deployment.environment'];

/** What is true of a span of an environment, under either of OpenTelemetry's names, or of one that names none; nothing is asked where all are meant. */
export function ofEnvironment(env: string | undefined): readonly string[] {
  if (env === undefined) {
    return [];
  }
  return env === ''
    ? ENVIRONMENT.map((field) => `(${field} = nil || ${field} = "")`)
    : [`(${ENVIRONMENT.map((field) => `${field} = ${quoteText(env)}`).join(' || ')})`];
}

/** The traces that a query finds, in the time range of a page. */
export function tracesOfQuery(orgId: string, view: TimedView, query: string): string {
  return withRange(tracesPath(orgId), query, view);
}

/** The traces of a service, or of one of its operations; `condition` is more TraceQL that must be true of the span. */
export function tracesOfService(
  orgId: string,
  view: TimedView,
  { service, operation, condition }: { service: string; operation?: string | undefined; condition?: string },
): string {
  const conditions = [
    `resource.service.name = ${quoteText(service)}`,
    ...(operation === undefined ? [] : [`name = ${quoteText(operation)}`]),
    ...(condition === undefined ? [] : [condition]),
    ...ofEnvironment(view.env),
  ];
  return tracesOfQuery(orgId, view, `{ ${conditions.join(' && ')} }`);
}

/** The logs of a service. */
export function logsOfService(orgId: string, view: TimedView, service: string): string {
  const ofEnv = view.env === undefined ? '' : `, env=${quoteLogQl(view.env)}`;
  return withRange(logsPath(orgId), `{service=${quoteLogQl(service)}${ofEnv}}`, view);
}
