import { IdParams } from '../api-page.ts';
import { NewSavedView, SavedView, SavedViewListRequest, SavedViewPage, SavedViewUpdate } from '../api-views.ts';
import { defineRoute } from './route.ts';

const tag = 'Saved views';
const READ = { kind: 'permission', permission: 'dashboards:read' } as const;
const WRITE = { kind: 'permission', permission: 'dashboards:write' } as const;

/** Pages with their query, saved under a name. */
export const VIEW_ROUTES = {
  listViews: defineRoute({
    id: 'listViews',
    method: 'GET',
    path: '/saved-views',
    tag,
    summary: "One's own views and the shared ones, by name",
    access: READ,
    effect: 'read',
    query: SavedViewListRequest,
    answer: SavedViewPage,
    status: 200,
    problems: ['invalid-cursor'],
  }),
  readView: defineRoute({
    id: 'readView',
    method: 'GET',
    path: '/saved-views/:id',
    tag,
    summary: 'One view',
    access: READ,
    effect: 'read',
    params: IdParams,
    answer: SavedView,
    status: 200,
    problems: ['not-found'],
  }),
  createView: defineRoute({
    id: 'createView',
    method: 'POST',
    path: '/saved-views',
    tag,
    summary: 'Save a view',
    access: WRITE,
    effect: 'view.create',
    body: NewSavedView,
    answer: SavedView,
    status: 201,
  }),
  updateView: defineRoute({
    id: 'updateView',
    method: 'PATCH',
    path: '/saved-views/:id',
    tag,
    summary: 'Change a view',
    access: WRITE,
    effect: 'view.update',
    params: IdParams,
    body: SavedViewUpdate,
    answer: SavedView,
    status: 200,
    problems: ['not-found'],
  }),
  deleteView: defineRoute({
    id: 'deleteView',
    method: 'DELETE',
    path: '/saved-views/:id',
    tag,
    summary: 'Delete a view',
    access: WRITE,
    effect: 'view.delete',
    params: IdParams,
    answer: null,
    status: 204,
    problems: ['not-found'],
  }),
} as const;
