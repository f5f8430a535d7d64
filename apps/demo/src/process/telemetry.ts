// Loaded by `--import` before a service's own code. What is sent where is said by OpenTelemetry's own variables (shop/otel-environment.ts), as with any application.
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { PinoInstrumentation } from '@opentelemetry/instrumentation-pino';
import { RedisInstrumentation } from '@opentelemetry/instrumentation-redis';
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { register } from 'import-in-the-middle/register-hooks.mjs';

// ES modules cannot be changed once they are loaded; only those that an instrumentation asks for are made changeable.
register({ include: ['http', 'node:http', 'https', 'node:https', 'pg', 'pg-pool', 'pino', 'redis', '@redis/client'] });

/** Names of services by their origin: addresses alone are the same for all of them here. */
const services = new Map<string, string>();

const sdk = new NodeSDK({
  instrumentations: [
    new HttpInstrumentation(),
    // `fetch`
    new UndiciInstrumentation({
      requireParentforSpans: true,
      startSpanHook: ({ origin }) => {
        const service = services.get(origin);
        return service === undefined ? {} : { 'peer.service': service };
      },
    }),
    new PgInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true }),
    new RedisInstrumentation({ requireParentSpan: true }),
    new PinoInstrumentation(),
    new RuntimeNodeInstrumentation(),
  ],
});
sdk.start();

/** Says which service is at an address, for the spans of calls to it. */
export function nameService(origin: string, service: string): void {
  services.set(origin, service);
}

/** Sends what is still waiting. */
export function stopTelemetry(): Promise<void> {
  return sdk.shutdown();
}
