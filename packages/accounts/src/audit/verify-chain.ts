import type { AuditVerifyAnswer, OrgId } from '@aegisguard/model';
import type { ReadRows } from '../database.ts';
import { type AuditChain, CHAIN_START, type ChainHead, isSameHash } from './audit-chain.ts';
import { AUDIT_COLUMNS, type AuditEntry, type AuditRow, entryOf } from './audit-row.ts';

/** The first link of a chain that is not as it was written. */
type BrokenLink = NonNullable<AuditVerifyAnswer['brokenAt']>;

/** What became of a chain. */
export interface ChainVerdict {
  /** Entries that were found good. */
  readonly entries: number;
  /** Of the last good entry; null without one. */
  readonly lastHash: Uint8Array | null;
  readonly brokenAt: BrokenLink | null;
}

/** Entries in memory at a time. */
const PAGE_ENTRIES = 500;
const SEQ_MIN = -(2n ** 63n);

/**
 * Walks an organization's chain from its first entry to its head, in one snapshot, so that what is appended meanwhile does not matter. An organization has at least the entry of its creation, so nothing at all is a head that is missing.
 * `pause` is called between pages and throws to end the walk.
 */
export async function verifyChain(
  read: ReadRows,
  chain: AuditChain,
  orgId: OrgId,
  pause: () => void,
  pageEntries: number = PAGE_ENTRIES,
): Promise<ChainVerdict> {
  const head = await readHead(read, orgId);
  let entries = 0;
  let lastHash: Uint8Array | null = null;
  const end = (problem: BrokenLink['problem'], seq: number, id: string | null = null): ChainVerdict => ({
    entries,
    lastHash,
    brokenAt: { seq, id, problem },
  });
  for await (const entry of entriesOf(read, orgId, pause, pageEntries)) {
    const expected = BigInt(entries) + 1n;
    if (entry.seq > expected) {
      return end('missing', Number(expected));
    }
    if (entry.seq < expected || !isSameHash(entry.hash, chain.hash(lastHash ?? CHAIN_START, entry))) {
      return end('altered', Number(entry.seq), entry.id);
    }
    entries += 1;
    lastHash = entry.hash;
  }
  if (head === undefined) {
    return end('head-missing', entries);
  }
  if (!chain.isHead(orgId, head)) {
    return end('head-altered', entries);
  }
  if (head.seq > BigInt(entries)) {
    return end('missing', entries + 1);
  }
  // A head of before: it was set back, and entries that came after it were left.
  const isEnd = head.seq === BigInt(entries) && lastHash !== null && isSameHash(head.hash, lastHash);
  return isEnd ? { entries, lastHash, brokenAt: null } : end('head-altered', entries);
}

async function readHead(read: ReadRows, orgId: OrgId): Promise<ChainHead | undefined> {
  const sql = 'SELECT seq::text, hash, mac FROM public.audit_heads WHERE org_id = $1';
  const [row] = await read<{ seq: string; hash: Buffer; mac: Buffer }>(sql, [orgId]);
  return row && { ...row, seq: BigInt(row.seq) };
}

async function* entriesOf(
  read: ReadRows,
  orgId: OrgId,
  pause: () => void,
  pageEntries: number,
): AsyncGenerator<AuditEntry> {
  const sql = `SELECT ${AUDIT_COLUMNS} FROM public.audit_entries WHERE org_id = $1 AND seq >= $2 ORDER BY audit_entries.seq LIMIT ${pageEntries}`;
  let from = SEQ_MIN;
  for (;;) {
    pause();
    const rows = await read<AuditRow>(sql, [orgId, String(from)]);
    yield* rows.map(entryOf);
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageEntries) {
      return;
    }
    from = BigInt(last.seq) + 1n;
  }
}
