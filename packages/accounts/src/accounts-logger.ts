/** Where the accounts report what nobody's request failed from. A pino logger is one. */
export interface AccountsLogger {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Says nothing. */
export const SILENT_LOGGER: AccountsLogger = { info: () => undefined, warn: () => undefined };
