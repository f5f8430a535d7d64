export { testClickHouseUrl } from './clickhouse-server.ts';
export { closeDatabases, createDatabase } from './postgres.ts';
export { Random } from './random.ts';
export { startRedis, type TestRedis, whyNoRedis } from './redis-server.ts';
export { ReferenceLogReader } from './reference-log-reader.ts';
export { referenceSamples, type WrittenSample } from './reference-metric-reader.ts';
export { type StartServerOptions, startServer, TEST_SECRETS, type TestServer } from './server.ts';
export { type Signer, sendLogs, signHeaders, signIn } from './signed-client.ts';
export { suitePath } from './suite-path.ts';
