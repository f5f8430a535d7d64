import type { SavedView } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import { Bookmark, BookmarkPlus, Pencil, RotateCcw, Save, Trash2, Users } from 'lucide-react';
import { memo, type ReactNode, useRef, useState } from 'react';
import { useMay } from '../../app/use-may.ts';
import { asApiError } from '../../lib/api-error.ts';
import { classNames } from '../../lib/class-names.ts';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Menu, MenuContent, MenuItem, MenuLabel, MenuSeparator, MenuTrigger } from '../../ui/dropdown-menu.tsx';
import { type CurrentView, currentView } from './current-view.ts';
import { readSavedViews, savedViewsQuery, type ViewPage } from './saved-views-api.ts';
import { useViewChanges } from './use-view-changes.ts';
import { ViewNameDialog } from './view-name-dialog.tsx';

/** What is asked in a dialog. */
type Asked =
  | { readonly what: 'name'; readonly view: SavedView | undefined }
  | { readonly what: 'delete'; readonly view: SavedView };

function ViewItem({
  view,
  isCurrent,
  onOpen,
}: {
  readonly view: SavedView;
  readonly isCurrent: boolean;
  readonly onOpen: () => void;
}): ReactNode {
  return (
    <MenuItem aria-current={isCurrent} className="aria-[current=true]:font-medium" onSelect={onOpen}>
      <Bookmark aria-hidden className={isCurrent ? 'text-accent!' : ''} />
      <span className="min-w-0 flex-1 truncate">{view.name}</span>
      {view.shared ? (
        <span className="flex items-center gap-1 text-subtle text-xs">
          <Users aria-hidden className="size-3!" />
          {view.own ? 'shared' : (view.ownerName ?? 'shared')}
        </span>
      ) : null}
    </MenuItem>
  );
}

/** What can be done with the view that is open. */
function CurrentItems({
  current: { view, isChanged },
  onReset,
  onReplace,
  onAsk,
}: {
  readonly current: CurrentView;
  readonly onReset: () => void;
  readonly onReplace: () => void;
  readonly onAsk: (asked: Asked) => void;
}): ReactNode {
  return (
    <>
      {isChanged ? (
        <>
          <MenuItem onSelect={onReplace}>
            <Save aria-hidden />
            Save the changes
          </MenuItem>
          <MenuItem onSelect={onReset}>
            <RotateCcw aria-hidden />
            Give the changes up
          </MenuItem>
        </>
      ) : null}
      <MenuItem onSelect={() => onAsk({ what: 'name', view })}>
        <Pencil aria-hidden />
        Rename…
      </MenuItem>
      <MenuItem className="text-danger [&_svg]:text-danger" onSelect={() => onAsk({ what: 'delete', view })}>
        <Trash2 aria-hidden />
        Delete…
      </MenuItem>
    </>
  );
}

/** What a page's views are of, at the beginning of a sentence. */
const SUBJECTS: Readonly<Record<ViewPage, string>> = {
  logs: 'Logs',
  metrics: 'Metrics',
  traces: 'Traces',
  funnels: 'Traces',
  ingestion: 'Counts',
  privacy: 'Findings',
  events: 'Events',
  audit: 'Entries',
};

function whatStays(page: ViewPage): string {
  return `${SUBJECTS[page]} stay, and so does what this page shows now.`;
}

/** The views of a page that were saved: which is open, opening another, saving what is shown now. The key `v` opens the menu. Steps from row to row do not draw it again. */
export const SavedViewsMenu = memo(function SavedViewsMenu({
  orgId,
  page,
  state,
  onOpen,
}: {
  readonly orgId: string;
  readonly page: ViewPage;
  /** What the page shows now, as its search parameters. */
  readonly state: string;
  readonly onOpen: (state: string) => void;
}): ReactNode {
  const { may } = useMay(orgId);
  const mayWrite = may('dashboards:write');
  const { data: views = [], error } = useQuery({
    queryKey: savedViewsQuery(orgId, page),
    queryFn: ({ signal }) => readSavedViews(orgId, page, signal),
    enabled: may('dashboards:read'),
    staleTime: 60_000,
  });
  const changes = useViewChanges(orgId, page);
  const [openedId, setOpenedId] = useState<string>();
  const [isOpen, setOpen] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const next = useRef<Asked>(undefined);
  useHotkeys({ v: () => setOpen(true) });
  const current = currentView(views, state, openedId);
  if (current !== undefined && !current.isChanged && current.view.id !== openedId) {
    // A link led here: changes from now on are changes of this view.
    setOpenedId(current.view.id);
  }
  const open = (view: SavedView): void => {
    setOpenedId(view.id);
    onOpen(view.state);
  };
  const close = (): void => setAsked(undefined);
  const ask = (question: Asked): void => {
    next.current = question;
  };
  return (
    <>
      <Menu open={isOpen} onOpenChange={setOpen}>
        <MenuTrigger asChild>
          <Button variant="ghost" size="sm" title="Saved views (v)" className="min-w-0 max-w-48 shrink">
            <Bookmark aria-hidden className={current === undefined ? '' : 'text-accent'} />
            <span className={classNames('truncate max-sm:sr-only', current === undefined && '@max-3xl/bar:sr-only')}>
              {current?.view.name ?? 'Views'}
            </span>
            {current?.isChanged === true ? <span className="font-normal text-subtle">changed</span> : null}
          </Button>
        </MenuTrigger>
        <MenuContent
          align="end"
          className="w-72"
          // Only now does the focus go back to the button, which the dialog has to remember.
          onCloseAutoFocus={() => {
            setAsked(next.current);
            next.current = undefined;
          }}
        >
          <MenuLabel>
            {error === null ? (views.length === 0 ? 'No saved views yet' : 'Saved views') : asApiError(error).title}
          </MenuLabel>
          {views.map((view) => (
            <ViewItem key={view.id} view={view} isCurrent={view.id === current?.view.id} onOpen={() => open(view)} />
          ))}
          {mayWrite ? (
            <>
              <MenuSeparator />
              {current === undefined ? null : (
                <CurrentItems
                  current={current}
                  onReset={() => open(current.view)}
                  onReplace={() => changes.replace(current.view, state)}
                  onAsk={ask}
                />
              )}
              <MenuItem onSelect={() => ask({ what: 'name', view: undefined })}>
                <BookmarkPlus aria-hidden />
                Save as a new view…
              </MenuItem>
            </>
          ) : null}
        </MenuContent>
      </Menu>
      {asked?.what === 'name' ? (
        <ViewNameDialog
          view={asked.view}
          onClose={close}
          onSave={async (form) => {
            if (asked.view === undefined) {
              setOpenedId((await changes.create(form, state)).id);
            } else {
              await changes.rename(asked.view, form);
            }
            close();
          }}
        />
      ) : null}
      {asked?.what === 'delete' ? (
        <ConfirmDialog
          title={`Delete the view “${asked.view.name}”?`}
          action={{ label: 'Delete', pendingLabel: 'Deleting…' }}
          isPending={changes.removal.isPending}
          error={changes.removal.error === null ? undefined : asApiError(changes.removal.error)}
          onConfirm={() => changes.removal.mutate(asked.view, { onSuccess: close })}
          onClose={close}
        >
          {asked.view.shared ? `It is gone for everyone in the organization. ${whatStays(page)}` : whatStays(page)}
        </ConfirmDialog>
      ) : null}
    </>
  );
});
