// Pages of the web application that links lead to.

/** Where an invited person accepts. */
export function invitationLink(origin: string, token: string): string {
  return `${origin}/invitation/${token}`;
}

/** Where a person chooses a new password. Behind the #, the token reaches no log of a proxy. */
export function passwordResetLink(origin: string, token: string): string {
  return `${origin}/reset-password#token=${token}`;
}
