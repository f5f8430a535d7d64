import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { type PrivacyView, parsePrivacyView, printPrivacyView } from './privacy-view.ts';

/** Changes parts of the view; `replace` leaves no step to go back to. */
export type ChangeView = (change: Partial<PrivacyView>, replace?: boolean) => void;

/** The view that the address says, and the changing of it. */
export function usePrivacyView(): readonly [PrivacyView, ChangeView] {
  const [parameters, setParameters] = useSearchParams();
  const view = useMemo(() => parsePrivacyView(parameters), [parameters]);
  const change = useCallback<ChangeView>(
    (part, replace = false) => setParameters(printPrivacyView({ ...view, ...part }), { replace }),
    [view, setParameters],
  );
  return [view, change];
}
