export { testClickHouseUrl } from './clickhouse-server.ts';
export { createApiKey, type NewApiKey } from './create-api-key.ts';
export { freePort } from './free-port.ts';
export { type JoinedServer, joinServer } from './join-server.ts';
export { type LargeTrace, type LargeTraceWish, makeLargeTrace } from './large-trace.ts';
export { loadSeconds } from './load-seconds.ts';
export { type MailServerOptions, type ReceivedMail, startMailServer, type TestMailServer } from './mail-server.ts';
export {
  type OidcAccount,
  type OidcClient,
  type OidcProviderOptions,
  startOidcProvider,
  type TestOidcProvider,
} from './oidc-provider.ts';
export { closeDatabases, createDatabase, runSql } from './postgres.ts';
export { prometheusConfigFault, startPrometheus, type TestPrometheus, whyNoPrometheus } from './prometheus.ts';
export { type FieldValue, protobufMessage } from './protobuf-message.ts';
export { Random } from './random.ts';
export { startRedis, type TestRedis, whyNoRedis } from './redis-server.ts';
export { ReferenceLogReader } from './reference-log-reader.ts';
export { ReferenceMetricReader, type ReferenceMetrics } from './reference-metric-reader.ts';
export { referenceSamples, type WrittenSample } from './reference-samples.ts';
export { type RemoteSample, type RemoteSeries, remoteWrite } from './remote-write.ts';
export {
  type OrganizationAccess,
  type StartServerOptions,
  startServer,
  TEST_SECRETS,
  type TestServer,
} from './server.ts';
export { SHARED_BODY_BYTES_MAX, sharedOutput } from './shared-server.ts';
export { type Signer, sendLogs, sendSigned, signHeaders, signIn } from './signed-client.ts';
export { snappyLiterals } from './snappy-literals.ts';
export { suitePath } from './suite-path.ts';
export { jaegerTraces, otlpOfSuite, type SuiteSpan, zipkinTrace } from './suite-traces.ts';
export { type MmdbValue, writeMmdb } from './write-mmdb.ts';
