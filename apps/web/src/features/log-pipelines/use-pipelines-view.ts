import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { type PipelinesView, parsePipelinesView, printPipelinesView } from './pipelines-view.ts';

/** Changes parts of the view; `replace` leaves no step to go back to. */
export type ChangeView = (change: Partial<PipelinesView>, replace?: boolean) => void;

/** The view that the address says, and the changing of it. */
export function usePipelinesView(): readonly [PipelinesView, ChangeView] {
  const [parameters, setParameters] = useSearchParams();
  const view = useMemo(() => parsePipelinesView(parameters), [parameters]);
  const change = useCallback<ChangeView>(
    (part, replace = false) => setParameters(printPipelinesView({ ...view, ...part }), { replace }),
    [view, setParameters],
  );
  return [view, change];
}
