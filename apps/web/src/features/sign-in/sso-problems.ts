/** Why a login by way of an identity provider came to nothing, by the code in `sso_error`. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['unknown-organization', 'No organization with this sign-in name has single sign-on turned on.'],
  ['provider-unreachable', 'The identity provider cannot be reached. Try again in a while.'],
  ['refused-by-provider', 'The identity provider refused to sign you in.'],
  ['expired', 'Signing in took too long, or came back in another browser. Start again.'],
  ['not-invited', 'You are not a member of this organization. Ask one of its owners or admins for an invitation.'],
  ['no-role', 'None of your groups has a role in this organization. Ask one of its owners or admins.'],
  ['email-missing', 'The identity provider did not tell your e-mail address.'],
  ['email-unverified', 'The identity provider has not verified your e-mail address.'],
  ['invalid', 'The answer of the identity provider cannot be trusted. Ask whoever set up single sign-on.'],
]);

/** What a code of the login page's `sso_error` means to the person. */
export function ssoProblem(code: string): string {
  return WORDS.get(code) ?? 'Single sign-on did not work. Start again.';
}
