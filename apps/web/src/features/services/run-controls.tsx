import type { ReactNode } from 'react';
import type { Run } from '../../lib/use-run.ts';
import { RefreshControl } from '../../ui/refresh-control.tsx';
import { TimePicker } from '../../ui/time-picker.tsx';
import { EnvironmentSelect } from './environment-select.tsx';
import type { TimedView } from './services-view.ts';

/** The environment and the time range of a page, and how often it asks again. */
export function RunControls({
  orgId,
  view: { range, refresh, env },
  run,
  change,
}: {
  readonly orgId: string;
  readonly view: TimedView;
  readonly run: Run;
  readonly change: (part: Partial<TimedView>, replace?: boolean) => void;
}): ReactNode {
  return (
    <>
      <EnvironmentSelect orgId={orgId} run={run} env={env} onChange={(chosen) => change({ env: chosen })} />
      <TimePicker range={range} resolved={run.range} onChange={(chosen) => change({ range: chosen })} />
      <RefreshControl
        seconds={refresh}
        isPaused={false}
        onRefresh={run.refresh}
        onChange={(seconds) => change({ refresh: seconds }, true)}
      />
    </>
  );
}
