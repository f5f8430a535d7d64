/** Where a driver reports what an operator should know; pino's loggers fit. */
export interface QueueLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}
