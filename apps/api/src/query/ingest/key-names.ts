import type { Accounts } from '@aegisguard/accounts';
import type { OrgId } from '@aegisguard/model';

const PAGE = 500;
/** An organization with more keys than these has some shown by their ids. */
const PAGES_MAX = 10;

/** The names of an organization's keys, revoked ones too, as far as they are wanted. */
export async function keyNames(
  apiKeys: Pick<Accounts['apiKeys'], 'list'>,
  orgId: OrgId,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX && names.size < wanted.size; page += 1) {
    const { items, nextCursor } = await apiKeys.list(orgId, { limit: PAGE, cursor });
    for (const { id, name } of items.filter((key) => wanted.has(key.id))) {
      names.set(id, name);
    }
    if (nextCursor === null) {
      break;
    }
    cursor = nextCursor;
  }
  return names;
}
