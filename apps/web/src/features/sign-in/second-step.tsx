import { LoginAnswer, MFA_ROUTES, type MfaRequiredAnswer, type SecondFactor } from '@aegisguard/model';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { callRoute } from '../../lib/call-route.ts';
import { asPasskeyError } from '../../lib/passkey-error.ts';
import { beginSession } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { CodeForm } from './code-form.tsx';
import { LoginProblem } from './login-problem.tsx';
import { loginWithPasskey } from './passkey-login.ts';

/** In the order in which they are offered. */
const WAYS: readonly { readonly factor: SecondFactor; readonly label: string }[] = [
  { factor: 'totp', label: 'Use your authenticator application' },
  { factor: 'passkey', label: 'Use a passkey' },
  { factor: 'recovery-code', label: 'Use a recovery code' },
];

function PasskeyStep({ mfaToken }: { readonly mfaToken: string }): ReactNode {
  const login = useMutation({
    mutationFn: () => loginWithPasskey({ mfaToken }),
    onSuccess: (answer) => beginSession(answer, Date.now()),
  });
  return (
    <>
      {login.error === null ? null : (
        <LoginProblem isPasskey error={asPasskeyError(login.error)} onOver={login.reset} />
      )}
      <Button autoFocus variant="primary" size="lg" disabled={login.isPending} onClick={() => login.mutate()}>
        {login.isPending ? 'Waiting for the passkey…' : 'Use a passkey'}
      </Button>
    </>
  );
}

/** The second step of a login, with any of the person's second factors. */
export function SecondStep({
  required: { mfaToken, methods },
  onRestart,
}: {
  readonly required: MfaRequiredAnswer;
  readonly onRestart: () => void;
}): ReactNode {
  const ways = WAYS.filter(({ factor }) => methods.includes(factor));
  const [factor, setFactor] = useState<SecondFactor>(ways[0]?.factor ?? 'recovery-code');
  const finish = async (code: string): Promise<void> => {
    const answer = await callRoute(MFA_ROUTES.verifyMfa, { body: { mfaToken, code } });
    beginSession(LoginAnswer.parse(answer), Date.now());
  };
  return (
    <>
      {factor === 'passkey' ? (
        <PasskeyStep mfaToken={mfaToken} />
      ) : (
        <CodeForm key={factor} kind={factor} onCode={finish} />
      )}
      <div className="flex flex-col gap-1 border-line border-t pt-3">
        {ways
          .filter((way) => way.factor !== factor)
          .map((way) => (
            <Button key={way.factor} variant="ghost" onClick={() => setFactor(way.factor)}>
              {way.label}
            </Button>
          ))}
        <Button variant="ghost" onClick={onRestart}>
          Start again
        </Button>
      </div>
    </>
  );
}
