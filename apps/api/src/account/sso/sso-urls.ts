/** Where identity providers send browsers back to; registered there letter by letter. */
export function callbackUrl(origin: string): string {
  return `${origin}/auth/sso/callback`;
}

/** Where an organization's people begin. */
export function loginUrl(origin: string, slug: string): string {
  return `${origin}/auth/sso/${slug}`;
}
