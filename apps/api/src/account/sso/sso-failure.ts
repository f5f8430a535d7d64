import { OutgoingError } from '@aegisguard/outgoing';
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';

/** Why a login by way of an identity provider came to nothing, as the login page is told, and what the organization's security events say. */
const SSO_FAILURES = {
  'unknown-organization': 'The organization has no identity provider, or it is turned off',
  'provider-unreachable': 'The identity provider could not be reached',
  'refused-by-provider': 'The identity provider refused the login',
  expired: 'The login took too long, or came back in another browser',
  'not-invited': 'The person is not a member of the organization, and is not made one',
  'no-role': 'None of the groups of the person has a role, and there is no default',
  'email-missing': 'The identity provider named no e-mail address',
  'email-unverified': 'The identity provider has not verified the e-mail address',
  invalid: 'The answer of the identity provider is not valid',
} as const;

/** One of them. */
export type SsoFailureCode = keyof typeof SSO_FAILURES;

/** A login that came to nothing. What really happened is the `cause`, for our own log. */
export class SsoFailure extends Error {
  readonly code: SsoFailureCode;
  /** Whom the provider named, where it came as far as that. */
  readonly email: string | undefined;

  constructor(code: SsoFailureCode, options: { readonly cause?: unknown; readonly email?: string | undefined } = {}) {
    super(SSO_FAILURES[code], { cause: options.cause });
    this.name = 'SsoFailure';
    this.code = code;
    this.email = options.email;
  }
}

/** What a login failed by. */
export function ssoFailureOf(error: unknown): SsoFailure {
  if (error instanceof SsoFailure) {
    return error;
  }
  if (error instanceof AuthorizationResponseError) {
    return new SsoFailure('refused-by-provider', { cause: error });
  }
  return new SsoFailure(isUnreachable(error) ? 'provider-unreachable' : 'invalid', { cause: error });
}

/** The call that failed, if one did: openid-client puts an error of its own around it. */
export function failedCallOf(error: unknown): OutgoingError | undefined {
  return errorChain(error).find((link) => link instanceof OutgoingError);
}

/** An error and its causes in one line, for our log: their messages and codes only, since other members hold tokens and claims. */
export function describeCauses(error: unknown): string {
  return errorChain(error)
    .map((link) => {
      const isAnswer = link instanceof AuthorizationResponseError || link instanceof ResponseBodyError;
      return isAnswer ? `${link.message} (${link.error}: ${link.error_description ?? ''})` : link.message;
    })
    .join(': ')
    .slice(0, 1000);
}

function isUnreachable(error: unknown): boolean {
  return failedCallOf(error) !== undefined || (error instanceof ClientError && error.code === 'OAUTH_TIMEOUT');
}

function errorChain(error: unknown): Error[] {
  const links: Error[] = [];
  for (let link = error; link instanceof Error && links.length < 8; link = link.cause) {
    links.push(link);
  }
  return links;
}
