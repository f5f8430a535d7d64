const MEBIBYTE = 1024 * 1024;

/**
 * Configuration of the embedded engine. Its defaults are a server's: caches of up to 5 GiB each, memory up to 90 % of the machine. Here it shares a small machine with the
 * rest of the program. https://clickhouse.com/docs/en/operations/server-configuration-parameters/settings
 */
export function embeddedConfigXml(memoryBytesMax: number): string {
  const settings = {
    max_server_memory_usage: memoryBytesMax,
    // Merges stop growing before queries and inserts fail.
    merges_mutations_memory_usage_soft_limit: Math.floor(memoryBytesMax / 2),
    mark_cache_size: 32 * MEBIBYTE,
    index_mark_cache_size: 16 * MEBIBYTE,
    primary_index_cache_size: 16 * MEBIBYTE,
    uncompressed_cache_size: 0,
    index_uncompressed_cache_size: 0,
    query_condition_cache_size: 16 * MEBIBYTE,
    compiled_expression_cache_size: 16 * MEBIBYTE,
    // Two merges at a time: one large one must not hold up the small ones that keep the number of parts down.
    background_pool_size: 2,
    background_merges_mutations_concurrency_ratio: 1,
    background_schedule_pool_size: 4,
    // Merges give way to the gateway, inserts and queries, without standing still. Takes effect only for root (CAP_SYS_NICE).
    os_threads_nice_value_merge_mutate: 5,
  };
  const elements = Object.entries(settings).map(([name, value]) => `  <${name}>${value}</${name}>`);
  return `<clickhouse>
${elements.join('\n')}
  <merge_tree>
    <!-- Sketches of every column are several kB in every part, and no query of ours is planned by them. -->
    <auto_statistics_types></auto_statistics_types>
  </merge_tree>
</clickhouse>
`;
}
