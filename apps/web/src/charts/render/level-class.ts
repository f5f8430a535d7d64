import type { LogLevel } from '@aegisguard/model';

/** Class names must stand in the source as whole words for Tailwind to find them. */
const FILL: Readonly<Record<LogLevel, string>> = {
  trace: 'fill-level-trace',
  debug: 'fill-level-debug',
  info: 'fill-level-info',
  warn: 'fill-level-warn',
  error: 'fill-level-error',
  fatal: 'fill-level-fatal',
};
const BACKGROUND: Readonly<Record<LogLevel, string>> = {
  trace: 'bg-level-trace',
  debug: 'bg-level-debug',
  info: 'bg-level-info',
  warn: 'bg-level-warn',
  error: 'bg-level-error',
  fatal: 'bg-level-fatal',
};
const TEXT: Readonly<Record<LogLevel, string>> = {
  trace: 'text-level-trace-text',
  debug: 'text-level-debug-text',
  info: 'text-level-info-text',
  warn: 'text-level-warn-text',
  error: 'text-level-error-text',
  fatal: 'text-level-fatal-text',
};

/** The fill of a level in SVG. */
export function levelFill(level: LogLevel): string {
  return FILL[level];
}

/** The background of a level's mark. */
export function levelBackground(level: LogLevel): string {
  return BACKGROUND[level];
}

/** The colour of a level's name. */
export function levelText(level: LogLevel): string {
  return TEXT[level];
}
