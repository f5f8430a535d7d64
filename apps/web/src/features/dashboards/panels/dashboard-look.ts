import type { ChartAnnotation } from '../../../charts/metrics/frame.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import type { VariableScope } from '../variables/variable-scope.ts';

/** What all panels of a dashboard are looked at with. */
export interface DashboardLook {
  readonly orgId: string;
  readonly range: ResolvedRange;
  /** Undefined while they are not known. */
  readonly variables: VariableScope | undefined;
  readonly annotations: readonly ChartAnnotation[];
  readonly onZoom: (startMs: number, endMs: number) => void;
}
