import { formatDuration } from '@aegisguard/model';
import type { LogQuery } from '../ast/log-query.ts';
import type { LogRange, Unwrap } from '../ast/range-aggregation.ts';
import { printLabelFilterStage } from './print-label-filter.ts';
import { printSelector } from './print-matcher.ts';
import { printStage } from './print-stage.ts';

/** The parts of a log query, the selector first. */
export function printParts({ matchers, stages }: LogQuery): readonly string[] {
  return [printSelector(matchers), ...stages.map(printStage)];
}

function printUnwrap({ label, conversion, filters }: Unwrap): readonly string[] {
  const printed = conversion === undefined ? label : `${conversion}(${label})`;
  return [`| unwrap ${printed}`, ...filters.map(printLabelFilterStage)];
}

function printOffset(offset: bigint): string {
  const sign = offset < 0n ? '-' : '';
  return offset === 0n ? '' : ` offset ${sign}${formatDuration(offset < 0n ? -offset : offset)}`;
}

/** The parts of a log range; the last has the range behind it: `| unwrap size [5m] offset 1h`. */
export function printRangeParts({ query, unwrap, range, offset }: LogRange): readonly string[] {
  const parts = [...printParts(query), ...(unwrap === undefined ? [] : printUnwrap(unwrap))];
  return [...parts.slice(0, -1), `${parts.at(-1)} [${formatDuration(range)}]${printOffset(offset)}`];
}
