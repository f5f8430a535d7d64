/** The role and the database that the application uses; the role is no superuser and owns the database. */
export const APPLICATION_NAME = 'aegisguard';

/**
 * Settings of the running server, given on its command line so that a new version of ours changes them. The control plane is small and the machine has other work: little memory,
 * no helpers that it does not need. What concerns durability (fsync, synchronous_commit, full_page_writes) stays at its default, on.
 */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  // Sockets would be limited to paths of 107 bytes and fail on some shared file systems; loopback always works.
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  max_connections: '50',
  shared_buffers: '32MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  min_wal_size: '16MB',
  max_wal_size: '96MB',
  // No replica and no archive reads the log.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  // One process of its own for a database this small, not four.
  io_method: 'sync',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  autovacuum_max_workers: '1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '',
  log_checkpoints: 'off',
  logging_collector: 'off',
} as const;

/** The arguments for a server of that cluster on that port. */
export function serverArguments(clusterDir: string, port: number): readonly string[] {
  const settings = { ...SETTINGS, port: String(port) };
  return ['-D', clusterDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
