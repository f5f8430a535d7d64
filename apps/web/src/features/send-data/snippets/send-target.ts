import type { IngestEndpointsAnswer } from '@aegisguard/model';

/** Where this installation takes telemetry, in the parts that configurations want. */
export interface SendTarget {
  /** Base URL of everything over HTTP, without a slash at its end. */
  readonly http: string;
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  /** `http://host:4317`; undefined when the listener is off. */
  readonly grpc: string | undefined;
  /** The standard port of OTLP over HTTP; undefined when the listener is off. */
  readonly otlpHttp: string | undefined;
}

/** The target that the API's answer describes. The listeners of OTLP speak plain text; whoever puts TLS before them knows. */
export function sendTarget({ http, otlpHttpPort, otlpGrpcPort }: IngestEndpointsAnswer): SendTarget {
  const url = new URL(http);
  const isTls = url.protocol === 'https:';
  const listener = (port: number | null) => (port === null ? undefined : `http://${url.hostname}:${port}`);
  return {
    http: http.replace(/\/+$/, ''),
    host: url.hostname,
    port: url.port === '' ? (isTls ? 443 : 80) : Number(url.port),
    isTls,
    grpc: listener(otlpGrpcPort),
    otlpHttp: listener(otlpHttpPort),
  };
}

/** True for an address that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}
