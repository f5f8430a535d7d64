/** The ClickHouse server that tests may use, as a URL; undefined when there is none. No package brings one, so tests over it are skipped unless this is set. */
export function testClickHouseUrl(): string | undefined {
  return process.env.AEGIS_TEST_CLICKHOUSE_URL;
}
