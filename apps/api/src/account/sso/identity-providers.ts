import { claimAt, type SsoLoginProvider } from '@aegisguard/accounts';
import { outgoingFetch } from '@aegisguard/outgoing';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { Engines } from '../../platform/engines.ts';
import { ExpiringCache } from '../../platform/expiring-cache.ts';
import { SsoFailure } from './sso-failure.ts';

/** What a login that is under way must be answered with. */
export interface LoginChecks {
  readonly state: string;
  readonly nonce: string;
  /** PKCE's (RFC 7636). */
  readonly verifier: string;
}

/** What it works with. */
interface IdentityProvidersParts {
  readonly config: Pick<Engines['config'], 'allowPrivateWebhooks'>;
  readonly outgoing: Engines['outgoing'];
}

/** What a provider says of itself. */
type ProviderMetadata = ReturnType<Configuration['serverMetadata']>;

/** A discovery document and the keys beside it are asked for again after this. */
const CONFIGURATION_TTL_MS = 5 * 60_000;
const CONFIGURATIONS_MAX = 500;
const CALL_TIMEOUT_MS = 8000;
/** Of a clock of the provider's that is wrong. */
const CLOCK_TOLERANCE_SECONDS = 30;
/** What a provider takes that does not say (https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata). */
const AUTH_METHODS_DEFAULT: readonly string[] = ['client_secret_basic'];

/** OpenID Connect's authorization code flow with the providers of organizations (https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth), by way of `outgoing` only. */
export class IdentityProviders {
  private readonly configurations = new ExpiringCache<Configuration>(CONFIGURATION_TTL_MS, CONFIGURATIONS_MAX);
  private readonly fetch: ReturnType<typeof outgoingFetch>;
  private readonly allowsHttp: boolean;

  constructor({ config, outgoing }: IdentityProvidersParts) {
    this.fetch = outgoingFetch(outgoing, { timeoutMs: CALL_TIMEOUT_MS });
    this.allowsHttp = config.allowPrivateWebhooks;
  }

  /** Asks an issuer what it says of itself; throws when it cannot be used. */
  async describe(issuer: string): Promise<ProviderMetadata> {
    return (await this.discover(issuer, 'nobody', None())).serverMetadata();
  }

  /** Where a browser goes to log in, and what must come back. */
  async begin(provider: SsoLoginProvider, redirectUri: string): Promise<{ url: URL; checks: LoginChecks }> {
    const configuration = await this.configurationOf(provider);
    const checks = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: [...new Set(['openid', ...provider.scopes])].join(' '),
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: 'S256',
    });
    return { url, checks };
  }

  /**
   * The claims of who logged in, from the URL that the browser came back to: its `state` and `iss` (RFC 9207), and the id token's signature, issuer, audience, times and nonce, are as they must be. What the id token does not say, userinfo may.
   */
  async finish(provider: SsoLoginProvider, callback: URL, { state, nonce, verifier }: LoginChecks): Promise<object> {
    const configuration = await this.configurationOf(provider);
    const tokens = await authorizationCodeGrant(configuration, callback, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) {
      throw new SsoFailure('invalid');
    }
    const { userinfo_endpoint: userinfo } = configuration.serverMetadata();
    const hasGroups = provider.roleMapping.length === 0 || claimAt(claims, provider.groupsClaim) !== undefined;
    const isWhole = claims.email !== undefined && hasGroups;
    return isWhole || userinfo === undefined
      ? claims
      : { ...(await fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims };
  }

  private configurationOf(provider: SsoLoginProvider): Promise<Configuration> {
    const { clientId, clientSecret, id, issuer, updatedAt } = provider;
    return this.configurations.get(`${id} ${updatedAt.getTime()}`, () =>
      this.discover(issuer, clientId, clientSecret === undefined ? None() : secretAuth(clientSecret)).catch(
        (error: unknown) => {
          throw new SsoFailure('provider-unreachable', { cause: error });
        },
      ),
    );
  }

  private async discover(issuer: string, clientId: string, auth: ClientAuth): Promise<Configuration> {
    const configuration = await discovery(
      new URL(issuer),
      clientId,
      { [clockTolerance]: CLOCK_TOLERANCE_SECONDS },
      auth,
      {
        [customFetch]: this.fetch,
        // Without it a signature is not looked at, since the token came from the issuer's own address.
        execute: [enableNonRepudiationChecks, ...(this.allowsHttp ? [allowInsecureRequests] : [])],
      },
    );
    // The library lets some issuers answer for many; such a one would let everybody's people in.
    if (new URL(configuration.serverMetadata().issuer).href !== new URL(issuer).href) {
      throw new SsoFailure('invalid');
    }
    return configuration;
  }
}

/** Proves the client as the provider wants it. */
function secretAuth(secret: string): ClientAuth {
  const basic = ClientSecretBasic(secret);
  const post = ClientSecretPost(secret);
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? AUTH_METHODS_DEFAULT;
    return (methods.includes('client_secret_basic') ? basic : post)(server, client, body, headers);
  };
}
