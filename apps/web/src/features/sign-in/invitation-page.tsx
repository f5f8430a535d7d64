import { AUTH_ROUTES, type InvitationPreview } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useParams } from 'react-router';
import { LOGIN_PATH } from '../../app/paths.ts';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { InvitationAnswer } from './invitation-answer.tsx';
import { SignInFrame } from './sign-in-frame.tsx';
import { TextLink } from './text-link.tsx';

function useInvitation(token: string) {
  return useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => callRoute(AUTH_ROUTES.previewInvitation, { params: { token }, signal }),
  });
}

function Invited({ preview, token }: { readonly preview: InvitationPreview; readonly token: string }): ReactNode {
  const { organizationName, roleName, expiresAt } = preview;
  return (
    <SignInFrame
      title={`Join ${organizationName}`}
      description={
        <>
          You are invited to <strong className="font-medium text-text">{organizationName}</strong> with the role{' '}
          <strong className="font-medium text-text">{roleName}</strong>. The invitation ends{' '}
          <RelativeTime time={expiresAt} />.
        </>
      }
    >
      <InvitationAnswer preview={preview} token={token} />
    </SignInFrame>
  );
}

/** Where an invitation leads: what it is to, and the way in. */
export function InvitationPage(): ReactNode {
  const { token = '' } = useParams();
  const { data, error, refetch } = useInvitation(token);
  // What was read once stays: an answer to the invitation ends it, and the cache is emptied with the session.
  const [preview, setPreview] = useState<InvitationPreview>();
  if (data !== undefined && preview === undefined) {
    setPreview(data);
  }
  if (preview !== undefined) {
    return <Invited preview={preview} token={token} />;
  }
  if (error === null) {
    return null;
  }
  const problem = asApiError(error);
  return problem.status === 404 || problem.status === 400 ? (
    <SignInFrame
      title="This invitation cannot be used"
      description="It has been used, has expired, or was withdrawn. Ask whoever invited you for a new one."
      footer={<TextLink to={LOGIN_PATH}>Sign in</TextLink>}
    />
  ) : (
    <main>
      <ErrorState error={problem} onRetry={() => void refetch()} />
    </main>
  );
}
