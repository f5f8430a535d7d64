import { EVENT_SEVERITIES, type EventSeverity, PLATFORM_EVENTS } from '@aegisguard/model';
import type { StackStyle } from '../../charts/prepare/stacked-bars.ts';
import type { Tone } from '../../ui/badge.tsx';

/** Most severe first, as lists and legends show them. */
export const WORST_FIRST: readonly EventSeverity[] = EVENT_SEVERITIES.toReversed();

/** The severe ones stand on the axis, and even one is two pixels high. */
export const SEVERITY_STACK: StackStyle<EventSeverity> = {
  order: WORST_FIRST,
  heightMinPx: { critical: 2, high: 2, medium: 1, low: 1, info: 1 },
};

/** How bad each looks. */
export const SEVERITY_TONES: Readonly<Record<EventSeverity, Tone>> = {
  critical: 'danger',
  high: 'danger',
  medium: 'warn',
  low: 'neutral',
  info: 'neutral',
};

/** Class names must stand in the source as whole words for Tailwind to find them. The scale is that of log levels, which stays apart for colour-blind eyes. */
const FILL: Readonly<Record<EventSeverity, string>> = {
  info: 'fill-level-trace',
  low: 'fill-level-info',
  medium: 'fill-level-warn',
  high: 'fill-level-error',
  critical: 'fill-level-fatal',
};
const BACKGROUND: Readonly<Record<EventSeverity, string>> = {
  info: 'bg-level-trace',
  low: 'bg-level-info',
  medium: 'bg-level-warn',
  high: 'bg-level-error',
  critical: 'bg-level-fatal',
};

/** The fill of a severity in SVG. */
export function severityFill(severity: string): string {
  return FILL[severity as EventSeverity];
}

/** The background of a severity's mark. */
export function severityBackground(severity: EventSeverity): string {
  return BACKGROUND[severity];
}

/** What the platform calls a type of its own; undefined for others'. */
export function platformTitle(type: string): string | undefined {
  const titles: Readonly<Record<string, { readonly title: string } | undefined>> = PLATFORM_EVENTS;
  return titles[type]?.title;
}
