import type { ClaimsSource } from '@aegisguard/accounts';
import { type Asked, ROUTES } from '@aegisguard/model';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { publicUrl } from '../../platform/public-url.ts';
import { placeOf } from '../../platform/request-place.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { demandLoginPace } from '../login-pace.ts';
import { SignIn } from '../sign-in.ts';
import { IdentityProviders } from './identity-providers.ts';
import { ownPath } from './own-path.ts';
import { SsoCookie } from './sso-cookie.ts';
import { describeCauses, SsoFailure, ssoFailureOf } from './sso-failure.ts';
import { callbackUrl } from './sso-urls.ts';

/** Signing in with an organization's identity provider. A browser navigates here, so every failure leads back to the login page, which is told one of a few codes. */
@Controller()
export class SsoLoginController {
  private readonly cookie: SsoCookie;

  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(IdentityProviders) private readonly providers: IdentityProviders,
    @Inject(SignIn) private readonly signIn: SignIn,
  ) {
    this.cookie = new SsoCookie(engines.ssoCookieKey);
  }

  @Serves(ROUTES.startSso)
  async start(
    @TheRequest() { params, query }: Asked<typeof ROUTES.startSso>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await demandLoginPace(this.engines.limits.limiter, 'sso', request.ip);
    let source: ClaimsSource | undefined;
    try {
      const provider = await this.engines.accounts.sso.findBySlug(params.slug);
      if (provider === undefined) {
        throw new SsoFailure('unknown-organization');
      }
      source = provider;
      const redirectUri = callbackUrl(publicUrl(request, this.engines.config));
      const { url, checks } = await this.providers.begin(provider, redirectUri);
      const next = ownPath(query.next ?? '/signed-in');
      await this.cookie.set(reply, { providerId: provider.id, redirectUri, next, ...checks });
      goTo(reply, url.href);
    } catch (error) {
      this.fail(error, source, request, reply);
    }
  }

  @Serves(ROUTES.finishSso)
  async finish(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await demandLoginPace(this.engines.limits.limiter, 'sso', request.ip);
    let source: ClaimsSource | undefined;
    try {
      const pending = await this.cookie.read(request);
      if (pending === undefined) {
        throw new SsoFailure('expired');
      }
      const provider = await this.engines.accounts.sso.findEnabled(pending.providerId);
      if (provider === undefined) {
        throw new SsoFailure('unknown-organization');
      }
      source = provider;
      const callback = new URL(pending.redirectUri);
      callback.search = new URL(request.url, pending.redirectUri).search;
      // Of another login than the one that waits here, which may still come back.
      if (callback.searchParams.get('state') !== pending.state) {
        throw new SsoFailure('invalid');
      }
      this.cookie.clear(reply, pending);
      const claims = await this.providers.finish(provider, callback, pending);
      const userId = await this.admit(provider, claims, request);
      await this.signIn.begin({ userId, methods: ['sso'], orgId: provider.orgId }, request, reply);
      goTo(reply, pending.next);
    } catch (error) {
      this.fail(error, source, request, reply);
    }
  }

  private async admit(source: ClaimsSource, claims: object, request: FastifyRequest): Promise<string> {
    const admission = await this.engines.accounts.ssoAdmission.admit(source, claims, placeOf(request));
    if (admission.outcome === 'refused') {
      const email = 'email' in claims && typeof claims.email === 'string' ? claims.email : undefined;
      throw new SsoFailure(admission.reason, { email });
    }
    // A changed role counts in the person's other sessions, too.
    this.engines.access.forgetAll();
    return admission.userId;
  }

  private fail(error: unknown, source: ClaimsSource | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const { securityEvents, logger } = this.engines;
    const { code, email, message, cause } = ssoFailureOf(error);
    logger.info({ requestId: request.id, code, providerId: source?.id, why: describeCauses(cause) }, message);
    if (source !== undefined) {
      securityEvents.raise(source.orgId, {
        type: 'auth.sso_failed',
        actor: email,
        ip: request.ip,
        target: source.name,
        message: `${message}.`,
        attributes: { reason: code },
      });
    }
    goTo(reply, `/login?sso_error=${code}`);
  }
}

function goTo(reply: FastifyReply, url: string): void {
  void reply.header('location', url).header('cache-control', 'no-store');
}
