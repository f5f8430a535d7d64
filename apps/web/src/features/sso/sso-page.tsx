import { SSO_ROUTES, type SsoView } from '@aegisguard/model';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useMay } from '../../app/use-may.ts';
import { useMe } from '../../app/use-me.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { announce } from '../../lib/announcements.ts';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { rolesQuery } from '../../lib/organization-api.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { SsoForm, ssoKey } from './sso-form.tsx';

function Addresses({ view: { provider, redirectUri, loginUrl } }: { readonly view: SsoView }): ReactNode {
  const addresses = [
    { label: 'Redirect URI', hint: 'To be registered at the provider.', value: redirectUri },
    { label: 'Sign-in address', hint: 'Where people begin; a link to it can stand anywhere.', value: loginUrl },
  ];
  return (
    <Section
      title="Addresses"
      description="Both belong to this organization."
      actions={
        provider === null ? (
          <Badge>Not set up</Badge>
        ) : provider.enabled ? (
          <Badge tone="ok">On</Badge>
        ) : (
          <Badge tone="warn">Off</Badge>
        )
      }
      className="grid gap-4 lg:grid-cols-2"
    >
      {addresses.map(({ label, hint, value }) => (
        <div key={label} className="min-w-0">
          <p className="font-medium text-xs">{label}</p>
          <div className="mt-1 flex items-start gap-1 rounded-md border border-line-strong bg-canvas py-0.5 pr-0.5 pl-2.5">
            <code className="min-w-0 flex-1 break-all py-1.5 font-mono text-xs leading-5">{value}</code>
            <CopyButton label={`Copy: ${label}`} text={() => value} />
          </div>
          <p className="mt-1 text-subtle text-xs">{hint}</p>
        </div>
      ))}
    </Section>
  );
}

function RemoveSection({ orgId, name }: { readonly orgId: string; readonly name: string }): ReactNode {
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const removing = useMutation({
    mutationFn: () => callRoute(SSO_ROUTES.deleteSso, { orgId }),
    onSuccess: async () => {
      setAsking(false);
      announce('Single sign-on was removed.');
      await client.invalidateQueries({ queryKey: ssoKey(orgId) });
    },
  });
  return (
    <>
      <Section
        tone="danger"
        title="Remove"
        description="To stop it for a while, switch it off above instead."
        actions={
          <Button variant="danger" onClick={() => setAsking(true)}>
            Remove single sign-on
          </Button>
        }
      />
      {isAsking ? (
        <ConfirmDialog
          title={`Remove single sign-on with ${name}?`}
          action={{ label: 'Remove', pendingLabel: 'Removing…' }}
          isPending={removing.isPending}
          error={removing.error === null ? undefined : asApiError(removing.error)}
          onConfirm={() => removing.mutate()}
          onClose={() => setAsking(false)}
        >
          <p>
            Its settings, the client secret and who is who there are gone, and sessions that came in through it end
            within seconds. Who has no password then needs a reset link or a new invitation. People stay members.
          </p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}

/** The organization's identity provider. */
export function SsoPage(): ReactNode {
  const orgId = useOrgId();
  const { may } = useMay(orgId);
  const { data: me } = useMe();
  const giver = me?.organizations.find(({ id }) => id === orgId);
  const sso = useQuery({
    queryKey: ssoKey(orgId),
    queryFn: ({ signal }) => callRoute(SSO_ROUTES.readSso, { orgId, signal }),
    staleTime: 0,
  });
  const roles = useQuery({ ...rolesQuery(orgId), enabled: may('users:read') });
  const failed = sso.error ?? roles.error;
  if (failed !== null) {
    return (
      <ErrorState
        error={asApiError(failed)}
        onRetry={() => {
          void sso.refetch();
          void roles.refetch();
        }}
      />
    );
  }
  if (sso.data === undefined || giver === undefined || roles.isLoading) {
    return <Skeleton className="h-96 w-full" />;
  }
  const { provider } = sso.data;
  // It gives and takes the roles of people.
  const mayWrite = may('organization:write') && may('users:write') && may('users:read');
  return (
    <>
      <Addresses view={sso.data} />
      <SsoForm
        key={provider?.id ?? 'new'}
        orgId={orgId}
        view={sso.data}
        roles={roles.data ?? []}
        giver={giver}
        mayWrite={mayWrite}
      />
      {mayWrite && provider !== null ? <RemoveSection orgId={orgId} name={provider.name} /> : null}
    </>
  );
}
