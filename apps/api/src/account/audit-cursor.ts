import type { CursorKind } from '../platform/page-cursors.ts';

/** The page of entries that a cursor continues: the range as it was resolved for the first page, and the last entry's number. */
export interface AuditCursor {
  /** Unix ms; null without a limit. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly before: bigint;
}

/** Cursors of the audit log. */
export const AUDIT_CURSOR: CursorKind<AuditCursor> = {
  name: 'audit-cursor',
  write: ({ fromMs, toMs, before }) => [fromMs ?? '', toMs ?? '', before],
  read: ([fromMs = '', toMs = '', before = '']) => ({
    fromMs: fromMs === '' ? null : Number(fromMs),
    toMs: toMs === '' ? null : Number(toMs),
    before: BigInt(before),
  }),
};
