import { traceFunnelsPath } from '../../app/paths.ts';
import type { TimeRange } from '../../lib/time-range.ts';
import { EMPTY_STEP, type FunnelStep, printFunnelsView } from './funnels-view.ts';

/** Where a funnel begins of which the first step is given. */
export function funnelBeginningWith(orgId: string, step: Partial<FunnelStep>, range: TimeRange): string {
  const steps = [{ ...EMPTY_STEP, ...step }, EMPTY_STEP];
  return `${traceFunnelsPath(orgId)}?${printFunnelsView({ steps, range, refresh: 0, at: undefined })}`;
}
