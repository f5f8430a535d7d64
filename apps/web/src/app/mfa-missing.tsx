import { ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { Button } from '../ui/button.tsx';
import { PageHeader } from './page-header.tsx';
import { accountPath } from './paths.ts';
import { signOut } from './sign-out.ts';
import { useMe } from './use-me.ts';

/** Shown instead of an organization's pages when it demands a second factor that the session lacks. */
export function MfaMissing({ organizationName }: { readonly organizationName: string }): ReactNode {
  const navigate = useNavigate();
  const { data: me } = useMe();
  const hasFactor = me?.mfaEnabled === true;
  return (
    <>
      <PageHeader title="Second factor needed" />
      <div className="mx-auto flex max-w-md flex-1 flex-col items-center justify-center gap-3 p-6 text-center">
        <ShieldAlert aria-hidden className="size-8 text-warn" />
        <h2 className="font-semibold text-lg tracking-tight">{organizationName} demands a second factor</h2>
        <p className="text-muted">
          {hasFactor
            ? 'You have one, but have signed in without it. Sign in again to go on.'
            : 'Set up an authenticator application or a passkey. It takes a minute; then everything is here again.'}
        </p>
        {hasFactor ? (
          <Button variant="primary" size="lg" className="mt-2" onClick={() => void signOut(navigate)}>
            Sign in again
          </Button>
        ) : (
          <Button asChild variant="primary" size="lg" className="mt-2">
            <Link to={accountPath('security')}>Set up a second factor</Link>
          </Button>
        )}
      </div>
    </>
  );
}
