/** How bad a security event is, least first (contract §3, "Native bodies"). */
export const EVENT_SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;

/** One of them. */
export type EventSeverity = (typeof EVENT_SEVERITIES)[number];
