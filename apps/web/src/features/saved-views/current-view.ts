import type { SavedView } from '@aegisguard/model';

/** The saved view that a page shows, and whether the page has been changed since it was opened. */
export interface CurrentView {
  readonly view: SavedView;
  readonly isChanged: boolean;
}

/**
 * Which saved view a page shows: the one that was opened last, or, for a page that was come to by a link, one that is just so. The page without any parameter is nobody's view unless it was saved as one.
 */
export function currentView(
  views: readonly SavedView[],
  state: string,
  openedId: string | undefined,
): CurrentView | undefined {
  const opened = views.find(({ id }) => id === openedId);
  if (opened?.state === state) {
    return { view: opened, isChanged: false };
  }
  const same = views.find((view) => view.state === state);
  if (same !== undefined) {
    return { view: same, isChanged: false };
  }
  return opened === undefined || state === '' ? undefined : { view: opened, isChanged: true };
}
