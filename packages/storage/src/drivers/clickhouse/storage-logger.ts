/** Where a driver reports what an operator should know; pino's loggers fit. */
export interface StorageLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Says nothing. */
export const SILENT: StorageLogger = { info: () => undefined, warn: () => undefined };
