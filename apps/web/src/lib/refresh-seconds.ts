/** How often a view refreshes itself, in seconds; 0 is never. */
export const REFRESH_SECONDS = [0, 5, 10, 30, 60, 300] as const;

/** One of the offered intervals. */
export type RefreshSeconds = (typeof REFRESH_SECONDS)[number];

/** Reads an interval from the address; 0 for what is not offered. */
export function parseRefresh(text: string | null): RefreshSeconds {
  return REFRESH_SECONDS.find((seconds) => String(seconds) === text) ?? 0;
}
