import type { AuditEntry } from '@aegisguard/accounts';
import type { AuditEntryView } from '@aegisguard/model';
import { csvLine } from '../platform/csv-line.ts';

/** A form that the audit log leaves in. */
export interface ExportForm {
  readonly contentType: string;
  readonly head: string;
  readonly line: (entry: AuditEntryView) => string;
}

/** An entry as it is shown; a time that only an intruder can have written is shown as an empty one. */
export function auditView(entry: AuditEntry): AuditEntryView {
  const { id, seq, at, actor, action, target, before, after, hash } = entry;
  return {
    id,
    seq: Number(seq),
    at: Number.isNaN(at.getTime()) ? '' : at.toISOString(),
    actor: { kind: actor.kind, id: actor.id, name: actor.name },
    action,
    target,
    before,
    after,
    ip: actor.ip,
    userAgent: actor.userAgent,
    requestId: actor.requestId,
    hash: Buffer.from(hash).toString('hex'),
  };
}

const COLUMNS: readonly (readonly [name: string, get: (entry: AuditEntryView) => string | number | null])[] = [
  ['seq', ({ seq }) => seq],
  ['id', ({ id }) => id],
  ['at', ({ at }) => at],
  ['actorKind', ({ actor }) => actor.kind],
  ['actorId', ({ actor }) => actor.id],
  ['actorName', ({ actor }) => actor.name],
  ['action', ({ action }) => action],
  ['targetKind', ({ target }) => target.kind],
  ['targetId', ({ target }) => target.id],
  ['targetName', ({ target }) => target.name],
  ['before', ({ before }) => before && JSON.stringify(before)],
  ['after', ({ after }) => after && JSON.stringify(after)],
  ['ip', ({ ip }) => ip],
  ['userAgent', ({ userAgent }) => userAgent],
  ['requestId', ({ requestId }) => requestId],
  ['hash', ({ hash }) => hash],
];

/** The forms. */
export const EXPORT_FORMS: Readonly<Record<'csv' | 'ndjson', ExportForm>> = {
  csv: {
    contentType: 'text/csv; charset=utf-8; header=present',
    head: csvLine(COLUMNS.map(([name]) => name)),
    line: (entry) => csvLine(COLUMNS.map(([, get]) => String(get(entry) ?? ''))),
  },
  ndjson: {
    contentType: 'application/x-ndjson',
    head: '',
    line: (entry) => `${JSON.stringify(entry)}\n`,
  },
};

/** The text of an export, a page at a time, so that no more is read than the client takes. The head goes with the first page: what fails before there is one is still answered as a problem. */
export async function* exportTexts(pages: AsyncIterable<readonly AuditEntry[]>, { head, line }: ExportForm) {
  let waiting = head;
  for await (const page of pages) {
    yield waiting + page.map((entry) => line(auditView(entry))).join('');
    waiting = '';
  }
  if (waiting !== '') {
    yield waiting;
  }
}
