import {
  MFA_ROUTES,
  MfaEnabledAnswer,
  type MfaSetupAnswer,
  MfaSetupRequest,
  MfaVerifyRequest,
} from '@aegisguard/model';
import { type ReactNode, useState } from 'react';
import { callRoute } from '../../lib/call-route.ts';
import { provenBy } from '../../lib/proven-by.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Steps } from '../../ui/steps.tsx';
import { PasswordInput } from '../sign-in/password-input.tsx';
import { QrCode } from './qr-code.tsx';
import { SaveProblem } from './save-problem.tsx';

const TITLE = 'Set up an authenticator application';
const STEPS = ['Password', 'Scan', 'Recovery codes'];

function StepButtons({
  label,
  isSaving,
  onClose,
}: {
  readonly label: string;
  readonly isSaving: boolean;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <>
      <Button disabled={isSaving} onClick={onClose}>
        Cancel
      </Button>
      <Button type="submit" variant="primary" disabled={isSaving}>
        {isSaving ? 'Checking…' : label}
      </Button>
    </>
  );
}

function PasswordStep({
  onBegun,
  onClose,
}: {
  readonly onBegun: (setup: MfaSetupAnswer) => void;
  readonly onClose: () => void;
}): ReactNode {
  const form = useZodForm({
    schema: MfaSetupRequest.required(),
    defaultValues: { password: '' },
    onSave: (body) =>
      provenBy('password', 'This is not your password.', async () =>
        onBegun(await callRoute(MFA_ROUTES.setUpMfa, { body })),
      ),
  });
  return (
    <Dialog
      title={TITLE}
      description="First your password, so that nobody else can do this."
      onSubmit={form.submit}
      onClose={onClose}
      footer={<StepButtons label="Continue" isSaving={form.isSaving} onClose={onClose} />}
    >
      <Steps label="Steps" steps={STEPS} current={0} />
      <SaveProblem error={form.saveError} />
      <Field label="Your password" error={form.formState.errors.password?.message}>
        {(control) => (
          <PasswordInput
            {...control}
            {...form.register('password')}
            data-autofocus=""
            autoComplete="current-password"
          />
        )}
      </Field>
    </Dialog>
  );
}

/** The secret in groups of four, as people read it. */
function grouped(secret: string): string {
  return secret.match(/.{1,4}/gu)?.join(' ') ?? secret;
}

function ScanStep({
  setup: { secret, otpauthUrl },
  onDone,
  onClose,
}: {
  readonly setup: MfaSetupAnswer;
  readonly onDone: (recoveryCodes: readonly string[]) => void;
  readonly onClose: () => void;
}): ReactNode {
  const form = useZodForm({
    schema: MfaVerifyRequest.pick({ code: true }),
    defaultValues: { code: '' },
    onSave: (body) =>
      provenBy('code', 'This is not the code of this moment. Take the next one.', async () => {
        const answer = await callRoute(MFA_ROUTES.verifyMfa, { body });
        onDone(MfaEnabledAnswer.parse(answer).recoveryCodes);
      }),
  });
  return (
    <Dialog
      title={TITLE}
      description="Scan this with your authenticator application, e.g. 2FAS, Aegis, 1Password or Google Authenticator."
      onSubmit={form.submit}
      onClose={onClose}
      footer={<StepButtons label="Turn on" isSaving={form.isSaving} onClose={onClose} />}
    >
      <Steps label="Steps" steps={STEPS} current={1} />
      <SaveProblem error={form.saveError} />
      <div className="flex flex-wrap items-center gap-4">
        <QrCode text={otpauthUrl} label="QR code of the secret" />
        <div className="min-w-0 flex-1 basis-40">
          <h3 className="font-medium text-xs">Or type it in</h3>
          <p className="mt-1 flex items-start gap-1">
            <code className="break-words font-mono text-muted text-sm">{grouped(secret)}</code>
            <CopyButton label="Copy the secret" text={() => secret} />
          </p>
          <p className="mt-1 text-subtle text-xs">Time-based, six digits, every 30 seconds.</p>
        </div>
      </div>
      <Field
        label="Code"
        hint="The six digits that the application shows now."
        error={form.formState.errors.code?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...form.register('code')}
            data-autofocus=""
            autoComplete="one-time-code"
            inputMode="numeric"
            spellCheck={false}
            className="h-9 font-mono tracking-widest"
          />
        )}
      </Field>
    </Dialog>
  );
}

/** Sets one-time codes up: password, secret and first code. `onDone` gets the recovery codes. */
export function TotpSetupDialog({
  onDone,
  onClose,
}: {
  readonly onDone: (recoveryCodes: readonly string[]) => void;
  readonly onClose: () => void;
}): ReactNode {
  const [setup, setSetup] = useState<MfaSetupAnswer>();
  return setup === undefined ? (
    <PasswordStep onBegun={setSetup} onClose={onClose} />
  ) : (
    <ScanStep setup={setup} onDone={onDone} onClose={onClose} />
  );
}
