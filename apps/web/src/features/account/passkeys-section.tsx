import type { MfaStateAnswer } from '@aegisguard/model';
import { KeyRound, Pencil, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { RowList } from '../../lib/use-cursor-list.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { type DataColumn, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Section } from '../../ui/section.tsx';
import { useAuthOptions } from '../sign-in/use-auth-options.ts';
import { AddPasskeyDialog } from './add-passkey-dialog.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { RemovePasskeyDialog } from './remove-passkey-dialog.tsx';
import { RenamePasskeyDialog } from './rename-passkey-dialog.tsx';

/** A passkey of the list. */
export type Passkey = MfaStateAnswer['passkeys'][number];

const COLUMNS: readonly DataColumn<Passkey>[] = [
  {
    header: 'Name',
    cell: ({ name, synced }) => (
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="break-words font-medium">{name}</span>
        {synced ? <Badge>Synced</Badge> : null}
      </span>
    ),
  },
  { header: 'Added', cell: ({ createdAt }) => <RelativeTime time={createdAt} /> },
  {
    header: 'Last used',
    cell: ({ lastUsedAt }) =>
      lastUsedAt === null ? <span className="text-subtle">Never</span> : <RelativeTime time={lastUsedAt} />,
  },
];

function listOf(rows: readonly Passkey[]): RowList<Passkey> {
  return { rows, error: undefined, retry: () => undefined, more: undefined, isLoadingMore: false };
}

type Open = { readonly kind: 'add' } | { readonly kind: 'rename' | 'remove'; readonly passkey: Passkey };

/** The person's passkeys. */
export function PasskeysSection({ passkeys }: Pick<MfaStateAnswer, 'passkeys'>): ReactNode {
  const options = useAuthOptions();
  const [open, setOpen] = useState<Open>();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const isPossible = options?.passkeys !== false;
  const close = (): void => setOpen(undefined);
  return (
    <Section
      title="Passkeys"
      description="Your device or a security key signs you in, without a password, or as the second step after it."
      actions={
        isPossible ? (
          <Button onClick={() => setOpen({ kind: 'add' })}>
            <KeyRound aria-hidden />
            Add a passkey
          </Button>
        ) : null
      }
      className="p-0"
    >
      <DataTable
        label="Passkeys"
        columns={COLUMNS}
        list={listOf(passkeys)}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowActions={(passkey) => [
          { label: 'Rename', icon: Pencil, onSelect: () => setOpen({ kind: 'rename', passkey }) },
          { label: 'Remove', icon: Trash2, isDanger: true, onSelect: () => setOpen({ kind: 'remove', passkey }) },
        ]}
        empty={
          <EmptyState icon={KeyRound} title={isPossible ? 'No passkeys yet' : 'No passkeys at this address'}>
            {isPossible
              ? 'A passkey cannot be guessed or given to a false page.'
              : 'Passkeys belong to a host name, and you have opened AegisGuard by an IP address. Open it by its name, over https, to use them.'}
          </EmptyState>
        }
      />
      {open?.kind === 'add' ? <AddPasskeyDialog onAdded={setCodes} onClose={close} /> : null}
      {open?.kind === 'rename' ? <RenamePasskeyDialog passkey={open.passkey} onClose={close} /> : null}
      {open?.kind === 'remove' ? <RemovePasskeyDialog passkey={open.passkey} onClose={close} /> : null}
      {codes === null ? null : <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />}
    </Section>
  );
}
