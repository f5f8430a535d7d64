import type { ReactNode } from 'react';
import { useMe } from '../../app/use-me.ts';
import { Notice } from '../../ui/notice.tsx';

/** Whether the session came in through an organization's identity provider, which must have no power over the account itself; undefined until it is known. */
export function useIsForeignSession(): boolean | undefined {
  const { data: me } = useMe();
  return me === undefined ? undefined : me.session.onlyOrganization !== null;
}

/** Says why nothing of the account can be changed. */
export function ForeignSessionNotice(): ReactNode {
  const { data: me } = useMe();
  const organization = me?.organizations.find(({ id }) => id === me.session.onlyOrganization);
  return (
    <Notice kind="info">
      You signed in through the identity provider of {organization?.name ?? 'your organization'}. Such a session is good
      for that organization alone and cannot change your account. If you have a password or a passkey, sign in with it
      to do that.
    </Notice>
  );
}
