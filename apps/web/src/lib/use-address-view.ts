import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router';

/** Changes parts of a view: a step of the history unless `replace`, and what the history keeps beside the address. */
export type ChangeView<View> = (part: Partial<View>, replace?: boolean, state?: unknown) => void;

/** What a page shows, as its address says it. */
export interface AddressView<View> {
  /** As it is drawn. */
  readonly view: View;
  /**
   * As the address says it at this moment. Drawing comes later, for the router draws in a transition: a change that is reckoned from `view` (one more filter, a switch turned) would undo the one
   * before it that is not drawn yet.
   */
  readonly now: () => View;
  readonly change: ChangeView<View>;
}

/** Keeps a page's view in its address; `parse` and `print` must stay the same functions. */
export function useAddressView<View extends object>(
  parse: (parameters: URLSearchParams) => View,
  print: (view: View) => URLSearchParams,
): AddressView<View> {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const view = useMemo(() => parse(new URLSearchParams(search)), [parse, search]);
  const now = useCallback(() => parse(new URLSearchParams(window.location.search)), [parse]);
  const change = useCallback<ChangeView<View>>(
    (part, replace = false, state = undefined) => {
      // A change that comes late, when another page is on its way, must not lead back.
      if (window.location.pathname === pathname) {
        const changed = print({ ...now(), ...part }).toString();
        void navigate({ search: changed === '' ? '' : `?${changed}` }, { replace, state });
      }
    },
    [print, now, navigate, pathname],
  );
  return useMemo(() => ({ view, now, change }), [view, now, change]);
}
