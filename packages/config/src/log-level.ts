/** How much our own log says; pino's names. */
export const LOG_LEVEL_NAMES = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** One of `LOG_LEVEL_NAMES`. */
export type LogLevelName = (typeof LOG_LEVEL_NAMES)[number];
