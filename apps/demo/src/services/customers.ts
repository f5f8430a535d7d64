/** The password of a made-up customer: what they know, and the shop checks. */
export function passwordOf(account: string): string {
  return `secret of ${account}`;
}
