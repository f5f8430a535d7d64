import { type SavedView, VIEW_ROUTES } from '@aegisguard/model';
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { announce } from '../../lib/announcements.ts';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { savedViewsQuery, type ViewPage } from './saved-views-api.ts';
import type { ViewForm } from './view-name-dialog.tsx';

/** What can be done with views of a page; each says when it is done. */
export interface ViewChanges {
  readonly create: (form: ViewForm, state: string) => Promise<SavedView>;
  readonly rename: (view: SavedView, form: ViewForm) => Promise<void>;
  readonly replace: (view: SavedView, state: string) => void;
  readonly removal: UseMutationResult<unknown, Error, SavedView>;
}

/** The changes of saved views; the list is read again after each. */
export function useViewChanges(orgId: string, page: ViewPage): ViewChanges {
  const client = useQueryClient();
  const done = async (words: string): Promise<void> => {
    announce(words);
    await client.invalidateQueries({ queryKey: savedViewsQuery(orgId, page) });
  };
  const replacing = useMutation({
    mutationFn: ({ view, state }: { readonly view: SavedView; readonly state: string }) =>
      callRoute(VIEW_ROUTES.updateView, { params: { id: view.id }, body: { state }, orgId }),
    onSuccess: ({ name }) => done(`“${name}” is saved as it is now.`),
    onError: (error) => announce(`It was not saved: ${asApiError(error).title}.`),
  });
  const removal = useMutation({
    mutationFn: (view: SavedView) => callRoute(VIEW_ROUTES.deleteView, { params: { id: view.id }, orgId }),
    onSuccess: (_, { name }) => done(`The view “${name}” is deleted.`),
  });
  return {
    create: async (form, state) => {
      const view = await callRoute(VIEW_ROUTES.createView, { body: { page, state, ...form }, orgId });
      await done(`The view “${view.name}” is saved.`);
      return view;
    },
    rename: async (view, form) => {
      const { name } = await callRoute(VIEW_ROUTES.updateView, { params: { id: view.id }, body: form, orgId });
      await done(`The view is called “${name}” now.`);
    },
    replace: (view, state) => replacing.mutate({ view, state }),
    removal,
  };
}
