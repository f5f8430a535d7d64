/** An organization's id: a lower-case UUID. Every read and every write names one first; only `parseOrgId` makes one. */
export type OrgId = string & { readonly __brand: 'OrgId' };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads an organization id; throws a `TypeError` on anything that is not a UUID. */
export function parseOrgId(text: string): OrgId {
  const id = text.toLowerCase();
  if (!UUID.test(id)) {
    throw new TypeError('an organization id must be a UUID');
  }
  return id as OrgId;
}
