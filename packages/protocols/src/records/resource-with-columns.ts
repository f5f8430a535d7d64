import type { JsonObject, SpanRecord } from '@aegisguard/model';

/** What a span says of where it ran, in columns of their own. */
type Columns = Partial<Pick<SpanRecord, 'service' | 'host' | 'env' | 'version'>>;

/** The attributes of a resource and, by OpenTelemetry's names, what only the columns say: https://opentelemetry.io/docs/specs/semconv/resource/ */
export function resourceWithColumns(
  resource: JsonObject,
  { service = '', host = '', env = '', version = '' }: Columns,
): JsonObject {
  const columns: JsonObject = {
    'service.name': service,
    'host.name': host,
    'service.version': version,
    ...(resource['deployment.environment'] === undefined ? { 'deployment.environment.name': env } : {}),
  };
  const missing = Object.entries(columns).filter(([name, value]) => value !== '' && resource[name] === undefined);
  return missing.length === 0 ? resource : { ...resource, ...Object.fromEntries(missing) };
}
