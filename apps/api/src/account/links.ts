// Pages of the web application that links lead to. The token is the last part of the path, which a browser tells nobody: Referrer-Policy is no-referrer.

/** Where an invited person accepts. */
export function invitationLink(origin: string, token: string): string {
  return `${origin}/invitation/${token}`;
}

/** Where a person chooses a new password. */
export function passwordResetLink(origin: string, token: string): string {
  return `${origin}/reset-password/${token}`;
}
