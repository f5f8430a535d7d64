import { parseRefresh, type RefreshSeconds } from '../../lib/refresh-seconds.ts';
import { DEFAULT_RANGE, parseRangeParameters, type TimeRange } from '../../lib/time-range.ts';

/** The parts of the page: what was found, and what becomes of it. */
export const PRIVACY_TABS = ['found', 'policy'] as const;

/** Everything that a link to the page reproduces. A policy that is not saved is not among it, and neither is a text that is tried. */
export interface PrivacyView {
  readonly tab: (typeof PRIVACY_TABS)[number];
  readonly range: TimeRange;
  readonly refresh: RefreshSeconds;
  /** Only this kind, or all. */
  readonly kind: string | undefined;
  /** Whether truncated addresses, of which there are many, are drawn beside the rest. */
  readonly showsTruncated: boolean;
}

/** Reads a view from the address; what is missing or makes no sense is as in the default view. */
export function parsePrivacyView(parameters: URLSearchParams): PrivacyView {
  const kind = parameters.get('kind');
  return {
    tab: PRIVACY_TABS.find((tab) => tab === parameters.get('tab')) ?? 'found',
    range: parseRangeParameters(parameters.get('from'), parameters.get('to')),
    refresh: parseRefresh(parameters.get('refresh')),
    kind: kind === null || kind === '' ? undefined : kind,
    showsTruncated: parameters.get('truncated') === '1',
  };
}

/** Writes a view as parameters of the address; what is as in the default view is left out. */
export function printPrivacyView({ tab, range, refresh, kind, showsTruncated }: PrivacyView): URLSearchParams {
  return new URLSearchParams([
    ...(tab === 'found' ? [] : [['tab', tab]]),
    ...(range.from === DEFAULT_RANGE.from ? [] : [['from', range.from]]),
    ...(range.to === DEFAULT_RANGE.to ? [] : [['to', range.to]]),
    ...(refresh === 0 ? [] : [['refresh', String(refresh)]]),
    ...(kind === undefined ? [] : [['kind', kind]]),
    ...(showsTruncated ? [['truncated', '1']] : []),
  ]);
}
