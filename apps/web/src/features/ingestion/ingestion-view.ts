import { SIGNALS, type Signal } from '@aegisguard/model';
import { parseRefresh, type RefreshSeconds } from '../../lib/refresh-seconds.ts';
import { DEFAULT_RANGE, parseRangeParameters, type TimeRange } from '../../lib/time-range.ts';

/** Everything that a link to the page reproduces. */
export interface IngestionView {
  readonly range: TimeRange;
  readonly refresh: RefreshSeconds;
  /** Only this signal, or all. */
  readonly signal: Signal | undefined;
  /** Only the key of this id, or all. */
  readonly keyId: string | undefined;
}

/** Reads a view from the address; what is missing or makes no sense is as in the default view. */
export function parseIngestionView(parameters: URLSearchParams): IngestionView {
  const signal = parameters.get('signal');
  const keyId = parameters.get('key');
  return {
    range: parseRangeParameters(parameters.get('from'), parameters.get('to')),
    refresh: parseRefresh(parameters.get('refresh')),
    signal: SIGNALS.find((name) => name === signal),
    keyId: keyId === null || keyId === '' ? undefined : keyId,
  };
}

/** Writes a view as parameters of the address; what is as in the default view is left out. */
export function printIngestionView({ range, refresh, signal, keyId }: IngestionView): URLSearchParams {
  return new URLSearchParams([
    ...(range.from === DEFAULT_RANGE.from ? [] : [['from', range.from]]),
    ...(range.to === DEFAULT_RANGE.to ? [] : [['to', range.to]]),
    ...(refresh === 0 ? [] : [['refresh', String(refresh)]]),
    ...(signal === undefined ? [] : [['signal', signal]]),
    ...(keyId === undefined ? [] : [['key', keyId]]),
  ]);
}
