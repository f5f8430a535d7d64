import { SSO_ROUTES } from '@aegisguard/model';
import { useMutation } from '@tanstack/react-query';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import type { Answered } from '../../lib/send-route.ts';
import { Button } from '../../ui/button.tsx';

function Verdict({
  icon: Icon,
  tone,
  children,
}: {
  readonly icon: typeof CircleCheck;
  readonly tone: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="flex min-w-0 items-start gap-2">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <div className="min-w-0 break-words">{children}</div>
    </div>
  );
}

function Found({
  answer,
  groupsClaim,
}: {
  readonly answer: Answered<typeof SSO_ROUTES.testSso>;
  readonly groupsClaim: string;
}): ReactNode {
  if (!answer.reachable || answer.problem !== null) {
    return (
      <Verdict icon={TriangleAlert} tone="text-danger">
        It cannot be used: {answer.problem ?? 'it does not answer as an OpenID provider does.'}
      </Verdict>
    );
  }
  const { claimsSupported, scopesSupported, authorizationEndpoint } = answer;
  return (
    <Verdict icon={CircleCheck} tone="text-ok">
      <p>It answers. People are sent to {authorizationEndpoint}.</p>
      {scopesSupported.length === 0 ? null : (
        <p className="text-muted text-xs">Scopes that it offers: {scopesSupported.join(', ')}</p>
      )}
      {claimsSupported.length > 0 && !claimsSupported.includes(groupsClaim) ? (
        <p className="text-warn text-xs">
          It does not say that it offers the claim “{groupsClaim}”, by which groups become roles.
        </p>
      ) : null}
    </Verdict>
  );
}

/** Asks the issuer that was typed what it says of itself, before anything is saved. */
export function IssuerTest({
  orgId,
  issuer,
  groupsClaim,
}: {
  readonly orgId: string;
  readonly issuer: string;
  readonly groupsClaim: string;
}): ReactNode {
  const testing = useMutation({
    mutationFn: (asked: string) => callRoute(SSO_ROUTES.testSso, { body: { issuer: asked }, orgId }),
  });
  // An answer about another address says nothing of this one.
  const isCurrent = testing.variables === issuer;
  return (
    <div className="flex flex-col items-start gap-2">
      <Button
        disabled={!URL.canParse(issuer) || (testing.isPending && isCurrent)}
        onClick={() => testing.mutate(issuer)}
      >
        {testing.isPending && isCurrent ? 'Asking it…' : 'Test the address'}
      </Button>
      <div role="status" className="min-w-0">
        {!isCurrent ? null : testing.data !== undefined ? (
          <Found answer={testing.data} groupsClaim={groupsClaim} />
        ) : testing.error === null ? null : (
          <Verdict icon={TriangleAlert} tone="text-danger">
            {asApiError(testing.error).title}. {asApiError(testing.error).detail}
          </Verdict>
        )}
      </div>
    </div>
  );
}
