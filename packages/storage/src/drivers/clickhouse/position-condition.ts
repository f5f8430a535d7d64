import type { UnixNanos } from '@aegisguard/model';
import { timeLiteral } from './selection-sql.ts';
import { int64Literal } from './sql-literal.ts';
import { uuidBytes } from './uuid-bytes.ts';

/** Records before or after a place in the total order (timestamp, batch, index). */
export function positionCondition(
  { batchId, index, timestamp }: { readonly timestamp: UnixNanos; readonly batchId: string; readonly index: number },
  comparison: '<' | '>',
): string {
  const batch = `toFixedString(unhex('${Buffer.from(uuidBytes(batchId)).toString('hex')}'), 16)`;
  return `(timestamp, batch_id, batch_index) ${comparison} (${timeLiteral(timestamp)}, ${batch}, toUInt32(${int64Literal(BigInt(index))}))`;
}
