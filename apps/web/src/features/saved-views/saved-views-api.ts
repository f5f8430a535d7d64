import { type SavedView, VIEW_ROUTES } from '@aegisguard/model';
import { callRoute } from '../../lib/call-route.ts';

/** A page that views are saved of. */
export type ViewPage = SavedView['page'];

const PAGE_VIEWS = 200;

/** Where the views of a page are kept by the query client. */
export function savedViewsQuery(orgId: string, page: ViewPage): readonly string[] {
  return ['saved-views', orgId, page];
}

/** One's own views of a page and the shared ones, by name. */
export async function readSavedViews(
  orgId: string,
  page: ViewPage,
  signal: AbortSignal,
): Promise<readonly SavedView[]> {
  const views: SavedView[] = [];
  let cursor: string | undefined;
  do {
    const query = { page, limit: PAGE_VIEWS, ...(cursor === undefined ? {} : { cursor }) };
    const answer = await callRoute(VIEW_ROUTES.listViews, { query, orgId, signal });
    views.push(...answer.items);
    cursor = answer.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return views;
}
