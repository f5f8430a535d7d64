import { FLUENT_BIT, VECTOR } from './agents.ts';
import { ALLOY, LOKI_CLIENT } from './grafana.ts';
import { OTEL_COLLECTOR, OTEL_GRPC, OTEL_HTTP } from './opentelemetry.ts';
import { BROWSER, CURL } from './own-code.ts';
import { PROMETHEUS } from './prometheus.ts';
import type { SendWay } from './snippet.ts';

/** Every way to send data, the most asked for first. */
export const SEND_WAYS = [
  OTEL_HTTP,
  OTEL_GRPC,
  OTEL_COLLECTOR,
  PROMETHEUS,
  ALLOY,
  LOKI_CLIENT,
  FLUENT_BIT,
  VECTOR,
  BROWSER,
  CURL,
] as const satisfies readonly SendWay[];
