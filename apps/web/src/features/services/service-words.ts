import type { ServiceBasis } from '@aegisguard/model';
import { formatUnit } from '../../charts/metrics/format-unit.ts';

/** `12.5/s`; what is rare by the minute or the hour. */
export function rateWords(perSecond: number): string {
  if (perSecond === 0) {
    return '0/s';
  }
  return perSecond >= 1
    ? `${formatUnit(perSecond, 'short')}/s`
    : perSecond * 60 >= 1
      ? `${formatUnit(perSecond * 60, 'short')}/min`
      : `${formatUnit(perSecond * 3600, 'short')}/h`;
}

/** `0.4%`; small shares are not rounded to nothing. */
export function ratioWords(ratio: number): string {
  return ratio > 0 && ratio < 0.0001 ? '<0.01%' : formatUnit(ratio, 'percentunit');
}

/** How worried one should be. */
export type Health = 'ok' | 'warn' | 'danger';

const WARN_RATIO = 0.01;
const DANGER_RATIO = 0.05;

/** By the share of errors. */
export function healthOf(errorRatio: number): Health {
  return errorRatio >= DANGER_RATIO ? 'danger' : errorRatio >= WARN_RATIO ? 'warn' : 'ok';
}

/** The text's colour of a share of errors; what is well looks as what stands around it. */
export const HEALTH_TEXT: Readonly<Record<Health, string>> = { ok: '', warn: 'text-warn', danger: 'text-danger' };

/** Which spans figures are of. */
export function basisWords(basis: ServiceBasis): string {
  return basis === 'entry'
    ? 'Of the requests and messages that reach it (server and consumer spans).'
    : 'Of all its spans: none of them is a server’s or a consumer’s.';
}
