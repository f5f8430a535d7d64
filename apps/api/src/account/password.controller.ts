import type { Actor } from '@aegisguard/accounts';
import { type Asked, ROUTES } from '@aegisguard/model';
import { Controller, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { By, type Caller, TheCaller } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { linkOrigin } from '../platform/public-url.ts';
import { placeOf } from '../platform/request-place.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { AccountWatch } from './account-watch.ts';
import { passwordResetLink } from './links.ts';
import { LoginGate } from './login-gate.ts';
import { passwordResetMail } from './mails/password-reset-mail.ts';

/** Changing a password, and getting in without it. */
@Controller()
export class PasswordController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(LoginGate) private readonly gate: LoginGate,
    @Inject(AccountWatch) private readonly watch: AccountWatch,
  ) {}

  @Serves(ROUTES.changePassword)
  async change(
    @TheCaller() caller: Caller,
    @By() by: Actor,
    @TheRequest() { body }: Asked<typeof ROUTES.changePassword>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { userId = '', sessionId = '' } = caller;
    const change = { ...body, keepSession: sessionId };
    await this.gate.proof(userId, () => this.engines.accounts.passwords.change(userId, by, change));
    this.engines.access.forgetAll();
    this.watch.passwordSet(userId, placeOf(request), 'auth.password_changed');
  }

  /** Whether there is such an account shows in neither the answer nor its time: the work comes after it. */
  @Serves(ROUTES.forgotPassword)
  async forgot(
    @TheRequest() { body: { email } }: Asked<typeof ROUTES.forgotPassword>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.gate.admitReset(request.ip);
    const origin = linkOrigin(request, this.engines.config.publicUrl);
    this.watch.later(() => this.sendReset(email, origin));
  }

  @Serves(ROUTES.resetPassword)
  async reset(
    @TheRequest() { body: { token, newPassword } }: Asked<typeof ROUTES.resetPassword>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const place = placeOf(request);
    const { userId, email } = await this.engines.accounts.passwords.finishReset(place, token, newPassword);
    this.engines.access.forgetAll();
    await this.gate.unlock(email, place.ip);
    this.watch.passwordSet(userId, place, 'auth.password_reset');
  }

  private async sendReset(email: string, origin: string | undefined): Promise<void> {
    const { accounts, logger, mailer } = this.engines;
    if (!mailer.isConfigured || origin === undefined) {
      logger.warn('a password reset was asked for, but none can be mailed: set SMTP_URL and AEGIS_PUBLIC_URL');
      return;
    }
    const reset = (await this.gate.mayMail('reset', email)) ? await accounts.passwords.beginReset(email) : undefined;
    if (reset !== undefined) {
      const link = passwordResetLink(origin, reset.token);
      await mailer.send({ to: reset.email, ...passwordResetMail({ link, until: reset.expiresAt }) });
    }
  }
}
