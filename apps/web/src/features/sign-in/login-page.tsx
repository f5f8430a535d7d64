import type { MfaRequiredAnswer } from '@aegisguard/model';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { NEXT_PARAMETER, nextAfterLogin, REGISTER_PATH } from '../../app/paths.ts';
import { signOut } from '../../app/sign-out.ts';
import type { ApiError } from '../../lib/api-error.ts';
import { asPasskeyError } from '../../lib/passkey-error.ts';
import { beginSession, type SessionEnd } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { LoginForm } from './login-form.tsx';
import { LoginProblem } from './login-problem.tsx';
import { OtherWays } from './other-ways.tsx';
import { loginWithPasskey } from './passkey-login.ts';
import { SecondStep } from './second-step.tsx';
import { SignInFrame } from './sign-in-frame.tsx';
import { SsoForm } from './sso-form.tsx';
import { ssoProblem } from './sso-problems.ts';
import { TextLink } from './text-link.tsx';
import { useAuthOptions } from './use-auth-options.ts';
import { usePasskeyAutofill } from './use-passkey-autofill.ts';
import { useRestoredSession } from './use-restored-session.ts';

function EndNotice({ end }: { readonly end: SessionEnd }): ReactNode {
  const navigate = useNavigate();
  if (end === 'expired') {
    return <Notice kind="info">Your session has ended. Sign in to go on where you were.</Notice>;
  }
  return end === 'not-told' ? (
    <Notice kind="error">
      <p>You are signed out here, but the server could not be told: whoever has this browser may get back in.</p>
      <Button size="sm" className="mt-2" onClick={() => void signOut(navigate)}>
        Sign out again
      </Button>
    </Notice>
  ) : null;
}

/** The first step: e-mail and password, or a passkey. */
function FirstStep({
  end,
  onSecondStep,
  onSso,
}: {
  readonly end: SessionEnd;
  readonly onSecondStep: (required: MfaRequiredAnswer) => void;
  readonly onSso: () => void;
}): ReactNode {
  const [parameters] = useSearchParams();
  const options = useAuthOptions();
  const [autofillProblem, setAutofillProblem] = useState<ApiError>();
  const login = useMutation({
    mutationFn: () => loginWithPasskey({}),
    onSuccess: (answer) => beginSession(answer, Date.now()),
  });
  // One ceremony at a time: the offer in the field waits while the button's runs.
  usePasskeyAutofill(options?.passkeys === true && !login.isPending, setAutofillProblem);
  const ssoError = parameters.get('sso_error');
  const problem = login.error === null ? autofillProblem : asPasskeyError(login.error);
  return (
    <>
      {ssoError === null ? <EndNotice end={end} /> : <Notice kind="error">{ssoProblem(ssoError)}</Notice>}
      {problem === undefined ? null : <LoginProblem isPasskey error={problem} onOver={login.reset} />}
      <LoginForm onSecondStep={onSecondStep} />
      <OtherWays
        hasPasskeys={options?.passkeys === true}
        isWaiting={login.isPending}
        onPasskey={() => login.mutate()}
        onSso={onSso}
      />
    </>
  );
}

function RegisterHint(): ReactNode {
  const options = useAuthOptions();
  return options?.registration === true ? (
    <>
      New here? <TextLink to={REGISTER_PATH}>Create an organization</TextLink>
    </>
  ) : null;
}

/** Where one signs in; with a session it leads straight on. */
export function LoginPage(): ReactNode {
  const state = useRestoredSession();
  const [parameters] = useSearchParams();
  const [required, setRequired] = useState<MfaRequiredAnswer>();
  const [isSso, setSso] = useState(false);
  const next = nextAfterLogin(parameters.get(NEXT_PARAMETER));
  if (state === undefined) {
    return null;
  }
  if (state.kind === 'open') {
    return <Navigate to={next} replace />;
  }
  if (required !== undefined) {
    return (
      <SignInFrame title="One more step" description="Show that it is you with your second factor.">
        <SecondStep required={required} onRestart={() => setRequired(undefined)} />
      </SignInFrame>
    );
  }
  if (isSso) {
    return (
      <SignInFrame title="Single sign-on" description="Sign in with your organization’s identity provider.">
        <SsoForm next={next} onBack={() => setSso(false)} />
      </SignInFrame>
    );
  }
  return (
    <SignInFrame title="Sign in to AegisGuard" footer={<RegisterHint />}>
      <FirstStep end={state.end} onSecondStep={setRequired} onSso={() => setSso(true)} />
    </SignInFrame>
  );
}
