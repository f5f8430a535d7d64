import type { Actor, SsoProvider } from '@aegisguard/accounts';
import { type AnswerOf, type Asked, type OrgId, ROUTES, type SsoView } from '@aegisguard/model';
import { Controller, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { By, CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { publicUrl } from '../../platform/public-url.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { checkIssuer } from './check-issuer.ts';
import { IdentityProviders } from './identity-providers.ts';
import { describeCauses, failedCallOf } from './sso-failure.ts';
import { callbackUrl, loginUrl } from './sso-urls.ts';

/** How an organization sets up its identity provider. */
@Controller()
export class SsoController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(IdentityProviders) private readonly providers: IdentityProviders,
  ) {}

  @Serves(ROUTES.readSso)
  async read(@CallerOrg() orgId: OrgId, @Req() request: FastifyRequest): Promise<SsoView> {
    const { slug, provider } = await this.engines.accounts.sso.read(orgId);
    const origin = publicUrl(request, this.engines.config);
    return { provider: viewOf(provider), redirectUri: callbackUrl(origin), loginUrl: loginUrl(origin, slug) };
  }

  @Serves(ROUTES.putSso)
  async put(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { body }: Asked<typeof ROUTES.putSso>,
    @Req() request: FastifyRequest,
  ): Promise<SsoView> {
    checkIssuer(body.issuer, this.engines);
    await this.engines.accounts.sso.put(orgId, by, body);
    this.engines.access.forgetAll();
    return this.read(orgId, request);
  }

  @Serves(ROUTES.deleteSso)
  async delete(@CallerOrg() orgId: OrgId, @By() by: Actor): Promise<void> {
    await this.engines.accounts.sso.delete(orgId, by);
    this.engines.access.forgetAll();
  }

  @Serves(ROUTES.testSso)
  async test(
    @TheRequest() { body: { issuer } }: Asked<typeof ROUTES.testSso>,
    @Req() { id }: FastifyRequest,
  ): Promise<AnswerOf<typeof ROUTES.testSso>> {
    checkIssuer(issuer, this.engines);
    try {
      const said = await this.providers.describe(issuer);
      const [authorizationEndpoint = null] = textsOf([said.authorization_endpoint]);
      return {
        reachable: true,
        problem: authorizationEndpoint === null ? 'It names no authorization endpoint.' : null,
        authorizationEndpoint,
        scopesSupported: textsOf(said.scopes_supported),
        claimsSupported: textsOf(said.claims_supported),
      };
    } catch (error) {
      this.engines.logger.info({ requestId: id, issuer, why: describeCauses(error) }, 'an issuer cannot be used');
      const call = failedCallOf(error);
      const problem =
        call === undefined
          ? 'It answers, but not with a discovery document that names this issuer.'
          : `${call.message}.`;
      const nothing = { authorizationEndpoint: null, scopesSupported: [], claimsSupported: [] };
      return { reachable: call === undefined, problem, ...nothing };
    }
  }
}

function viewOf(provider: SsoProvider | undefined): SsoView['provider'] {
  if (provider === undefined) {
    return null;
  }
  const { orgId: _, createdAt, updatedAt, ...settings } = provider;
  return { ...settings, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

/** A list in somebody else's document: what is in it is theirs. */
function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}
