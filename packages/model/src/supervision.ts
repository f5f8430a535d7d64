/** What the server tells the launcher over Node's IPC channel. `heartbeat` comes every `HEARTBEAT_INTERVAL_MS` from the main thread once the engines are open. */
export type ServerReport =
  | { readonly type: 'starting'; readonly step: string }
  | ReadyReport
  | { readonly type: 'heartbeat' };

/** The server answers. The launcher passes it on to the program that started it, if that one opened a channel. */
export interface ReadyReport {
  readonly type: 'ready';
  /** Where the web application and the API are. */
  readonly url: string;
  /** The database was empty: the first organization and its owner have just been made. */
  readonly isFirstStart: boolean;
}

/** How often the server shows that its main thread is alive. */
export const HEARTBEAT_INTERVAL_MS = 1000;

/** The exit code for a configuration that cannot be used (sysexits.h EX_CONFIG; contract §2); the launcher does not restart after it. */
export const EXIT_CONFIG = 78;
