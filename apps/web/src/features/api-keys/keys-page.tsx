import { API_KEY_KINDS, type ApiKeyView, type NewApiKeyAnswer } from '@aegisguard/model';
import { useQueryClient } from '@tanstack/react-query';
import { Ban, KeyRound, Pencil, Plus, RefreshCw } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { docsPath, sendDataPath } from '../../app/paths.ts';
import { useMay } from '../../app/use-may.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { announce } from '../../lib/announcements.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { useAddressView } from '../../lib/use-address-view.ts';
import type { RowList } from '../../lib/use-cursor-list.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { RowAction } from '../../ui/row-menu.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { keyColumns } from './key-columns.tsx';
import { KeySecret } from './key-secret.tsx';
import { KEY_STATES, KIND_WORDS, keyState, STATE_WORDS } from './key-words.ts';
import { type KeysView, parseKeysView, printKeysView } from './keys-view.ts';
import { RevokeKeyDialog } from './revoke-key-dialog.tsx';
import { RotateKeyDialog } from './rotate-key-dialog.tsx';
import { apiKeysQuery, type KeyVolume, useApiKeys, useKeyVolumes } from './use-api-keys.ts';

// Keys can be read without forms, so their code comes after the page's.
const NewKeyDialog = lazy(async () => ({ default: (await import('./new-key-dialog.tsx')).NewKeyDialog }));
const RenameKeyDialog = lazy(async () => ({ default: (await import('./rename-key-dialog.tsx')).RenameKeyDialog }));

/** The dialog that is open, and the key that it is about. */
type OpenDialog =
  | { readonly what: 'new' }
  | { readonly what: 'rename' | 'rotate' | 'revoke'; readonly key: ApiKeyView }
  | { readonly what: 'secret'; readonly made: NewApiKeyAnswer & { readonly secret: string } };

function actionsOf(key: ApiKeyView, open: (dialog: OpenDialog) => void): readonly RowAction[] {
  const state = keyState(key, serverNow());
  const rotateReason =
    key.kind === 'browser'
      ? 'A browser key has no secret.'
      : state === 'active'
        ? undefined
        : `It is ${STATE_WORDS[state].name.toLowerCase()}.`;
  return [
    { label: 'Rename…', icon: Pencil, onSelect: () => open({ what: 'rename', key }) },
    { label: 'Rotate…', icon: RefreshCw, disabledReason: rotateReason, onSelect: () => open({ what: 'rotate', key }) },
    {
      label: 'Revoke…',
      icon: Ban,
      isDanger: true,
      disabledReason: state === 'revoked' ? 'It is revoked already.' : undefined,
      onSelect: () => open({ what: 'revoke', key }),
    },
  ];
}

function Dialogs({
  orgId,
  dialog,
  volumes,
  open,
}: {
  readonly orgId: string;
  readonly dialog: OpenDialog | undefined;
  readonly volumes: ReadonlyMap<string, KeyVolume> | undefined;
  readonly open: (dialog: OpenDialog | undefined) => void;
}): ReactNode {
  const client = useQueryClient();
  const onClose = (): void => open(undefined);
  const reread = (): void => void client.invalidateQueries({ queryKey: apiKeysQuery(orgId) });
  const onDone = (words: string): void => {
    onClose();
    announce(words);
    reread();
  };
  const onMade = (made: NewApiKeyAnswer): void => {
    const { secret } = made;
    if (secret === null) {
      onDone(`The key “${made.name}” is made.`);
    } else {
      open({ what: 'secret', made: { ...made, secret } });
      reread();
    }
  };
  switch (dialog?.what) {
    case 'new':
      return <NewKeyDialog orgId={orgId} onMade={onMade} onClose={onClose} />;
    case 'rename':
      return <RenameKeyDialog orgId={orgId} apiKey={dialog.key} onDone={onDone} onClose={onClose} />;
    case 'rotate':
      return <RotateKeyDialog orgId={orgId} apiKey={dialog.key} onMade={onMade} onClose={onClose} />;
    case 'revoke':
      return (
        <RevokeKeyDialog
          orgId={orgId}
          apiKey={dialog.key}
          volume={volumes?.get(dialog.key.id)}
          onDone={onDone}
          onClose={onClose}
        />
      );
    case 'secret':
      return <KeySecret made={dialog.made} onClose={onClose} />;
    default:
      return null;
  }
}

/** Which keys are shown. */
function Filters({
  view,
  change,
}: {
  readonly view: KeysView;
  readonly change: (part: Partial<KeysView>) => void;
}): ReactNode {
  return (
    <>
      <Select
        aria-label="Kind"
        value={view.kind ?? ''}
        onChange={(event) => change({ kind: API_KEY_KINDS.find((kind) => kind === event.target.value) })}
      >
        <option value="">All kinds</option>
        {API_KEY_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {KIND_WORDS[kind].name}
          </option>
        ))}
      </Select>
      <Select
        aria-label="State"
        value={view.state}
        onChange={(event) => change({ state: KEY_STATES.find((state) => state === event.target.value) ?? 'all' })}
      >
        {KEY_STATES.map((state) => (
          <option key={state} value={state}>
            {STATE_WORDS[state].name}
          </option>
        ))}
        <option value="all">All states</option>
      </Select>
    </>
  );
}

function NoKeys({
  hasSome,
  more,
  onAll,
}: {
  readonly hasSome: boolean;
  readonly more: (() => void) | undefined;
  readonly onAll: () => void;
}): ReactNode {
  const orgId = useOrgId();
  return hasSome ? (
    <EmptyState
      icon={KeyRound}
      title={more === undefined ? 'No key under this filter' : 'None among the newest keys'}
      action={
        <>
          {more === undefined ? null : <Button onClick={more}>Look further</Button>}
          <Button onClick={onAll}>Show all keys</Button>
        </>
      }
    />
  ) : (
    <EmptyState
      icon={KeyRound}
      title="No keys yet"
      action={
        <Button asChild>
          <Link to={sendDataPath(orgId)}>Send data</Link>
        </Button>
      }
    >
      Whatever sends to this organization, or reads from it, needs a key.
    </EmptyState>
  );
}

/** The organization's API keys. */
export function KeysPage(): ReactNode {
  const orgId = useOrgId();
  const { may } = useMay(orgId);
  const { view, change: changeView } = useAddressView(parseKeysView, printKeysView);
  const change = (part: Partial<KeysView>): void => changeView(part, true);
  const list = useApiKeys(orgId);
  const volumes = useKeyVolumes(orgId);
  const [dialog, setDialog] = useState<OpenDialog>();
  const nowMs = serverNow();
  const shown: RowList<ApiKeyView> = {
    ...list,
    rows: list.rows?.filter(
      (key) =>
        (view.kind === undefined || key.kind === view.kind) &&
        (view.state === 'all' || keyState(key, nowMs) === view.state),
    ),
  };
  const mayWrite = may('keys:write');
  return (
    <>
      <Section
        title="Keys"
        className="p-0"
        description={
          <>
            With a key, programs send and read. A secret is shown once, and kept encrypted.{' '}
            <Link to={docsPath(orgId, 'api-keys-and-rotation')} className="text-accent underline underline-offset-2">
              How keys work
            </Link>
          </>
        }
        actions={
          <>
            <Filters view={view} change={change} />
            {mayWrite ? (
              <Button variant="primary" onClick={() => setDialog({ what: 'new' })}>
                <Plus aria-hidden />
                Make a key
              </Button>
            ) : null}
          </>
        }
      >
        <DataTable
          label="API keys"
          columns={keyColumns(volumes, nowMs)}
          list={shown}
          rowId={({ id }) => id}
          rowName={({ name }) => name}
          {...(mayWrite ? { rowActions: (key: ApiKeyView) => actionsOf(key, setDialog) } : {})}
          empty={
            <NoKeys
              hasSome={(list.rows?.length ?? 0) > 0}
              more={list.more}
              onAll={() => change({ kind: undefined, state: 'all' })}
            />
          }
        />
      </Section>
      <Suspense fallback={null}>
        <Dialogs orgId={orgId} dialog={dialog} volumes={volumes} open={setDialog} />
      </Suspense>
    </>
  );
}
