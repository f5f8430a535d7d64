import { z } from 'zod';
import { Instant, Name, PageRequest, pageOf } from './api-page.ts';

/** Pages that a view can be saved of. */
export const VIEW_PAGES = ['logs', 'traces', 'funnels', 'metrics', 'ingestion', 'privacy', 'events', 'audit'] as const;

/** A page with its query and settings, saved under a name: for oneself, or for the organization. */
export const SavedView = z.object({
  id: z.string(),
  page: z.enum(VIEW_PAGES),
  name: z.string(),
  /** The page's search parameters, as in its URL. */
  state: z.string(),
  shared: z.boolean(),
  /** Its maker is the one who asks. */
  own: z.boolean(),
  ownerName: z.string().nullable(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type SavedView = z.infer<typeof SavedView>;

/** `GET /saved-views`: one's own and the shared ones. */
export const SavedViewListRequest = PageRequest.extend({ page: z.enum(VIEW_PAGES).optional() });
export const SavedViewPage = pageOf(SavedView);
export type SavedViewPage = z.infer<typeof SavedViewPage>;

/** `POST /saved-views`. */
export const NewSavedView = z.strictObject({
  page: z.enum(VIEW_PAGES),
  name: Name,
  state: z.string().max(8000),
  shared: z.boolean().default(false),
});
export type NewSavedView = z.infer<typeof NewSavedView>;

/** `PATCH /saved-views/:id`: by its maker, or, when shared, by whoever may change dashboards. */
export const SavedViewUpdate = z.strictObject({
  name: Name.optional(),
  state: z.string().max(8000).optional(),
  shared: z.boolean().optional(),
});
export type SavedViewUpdate = z.infer<typeof SavedViewUpdate>;
