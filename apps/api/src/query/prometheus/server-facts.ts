// https://prometheus.io/docs/prometheus/latest/querying/api/#status, as far as clients ask for it.

/** What holds for the queries of this server, by the names of Prometheus's flags; flags that say nothing about it are not there. */
export const SERVER_FLAGS: Readonly<Record<string, string>> = {
  'query.lookback-delta': '5m',
  'query.max-concurrency': '20',
  'query.max-samples': '50000000',
  'query.timeout': '30s',
  'web.enable-remote-write-receiver': 'true',
};

/** What Prometheus says of its own process. Of ours clients learn when it was started, and nothing about the machine, which is not theirs. */
export function runtimeView(startedAtMs: number, nowMs: number) {
  return {
    startTime: new Date(startedAtMs).toISOString(),
    CWD: '',
    hostname: '',
    serverTime: new Date(nowMs).toISOString(),
    reloadConfigSuccess: true,
    lastConfigTime: new Date(startedAtMs).toISOString(),
    corruptionCount: 0,
    goroutineCount: 0,
    GOMAXPROCS: 0,
    GOMEMLIMIT: 0,
    GOGC: '',
    GODEBUG: '',
    storageRetention: '',
  };
}
