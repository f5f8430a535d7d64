/** What the server tells the launcher over Node's IPC channel. `heartbeat` comes every `HEARTBEAT_INTERVAL_MS` from the main thread once the engines are open. */
export type ServerReport =
  | { readonly type: 'starting'; readonly step: string }
  | { readonly type: 'ready' }
  | { readonly type: 'heartbeat' };

/** How often the server shows that its main thread is alive. */
export const HEARTBEAT_INTERVAL_MS = 1000;

/** The exit code for a configuration that cannot be used (sysexits.h EX_CONFIG; contract §2); the launcher does not restart after it. */
export const EXIT_CONFIG = 78;
