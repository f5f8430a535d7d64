import { hashIngestIds } from '@aegisguard/ingest-ids';
import type { LogRecord, OrgId } from '@aegisguard/model';

/** The ids that clients gave to records of a batch. */
export interface ClaimedIds {
  /** As `IngestIds` remembers them, each once. */
  readonly ids: BigUint64Array<ArrayBuffer>;
  /** Of each, the record's index in the batch. */
  readonly indexes: readonly number[];
  /** Records that were left out because an earlier one of the batch has the same id. */
  readonly repeated: number;
}

/**
 * Takes records out of the list that have an id of one before them, then those that are to be left out: of two with the same id the second stays a repeat when the first is stored. No claims when no record has an id.
 */
export function claimIds(
  orgId: OrgId,
  records: readonly LogRecord[],
  leftOut: ReadonlySet<number>,
): { readonly records: readonly LogRecord[]; readonly claims: ClaimedIds | undefined } {
  if (!records.some(({ ingestId }) => ingestId !== '')) {
    return { records: without(records, leftOut), claims: undefined };
  }
  const first = new Map<string, number>();
  const kept = records.filter(({ index, ingestId }) => {
    if (ingestId === '') {
      return true;
    }
    const isFirst = !first.has(ingestId);
    if (isFirst) {
      first.set(ingestId, index);
    }
    return isFirst;
  });
  const ids = hashIngestIds(orgId, 'logs', [...first.keys()]);
  const claims = { ids, indexes: [...first.values()], repeated: records.length - kept.length };
  return { records: without(kept, leftOut), claims };
}

function without(records: readonly LogRecord[], leftOut: ReadonlySet<number>): readonly LogRecord[] {
  return leftOut.size === 0 ? records : records.filter(({ index }) => !leftOut.has(index));
}
