import type { LogStage } from '../stage.ts';
import { canonicalId } from './trace-ids/canonical-id.ts';
import { idsOfAttributes } from './trace-ids/ids-of-attributes.ts';
import { idsOfText } from './trace-ids/ids-of-text.ts';

/**
 * Brings trace and span ids into one form: lower case, without `0x`, blanks around or a UUID's dashes. A record without a trace gets the one that its attributes name, or else its message; the attributes stay. Found ids are as spans have
 * them: 32 hexadecimal digits and 16. An id of 64 bits has zeros before it, unless Datadog's other half is known.
 */
export const traceIds: LogStage = {
  name: 'trace-ids',
  apply(record) {
    if (record.spanId !== '') {
      record.spanId = canonicalId(record.spanId);
    }
    if (record.traceId !== '') {
      record.traceId = canonicalId(record.traceId);
    }
    if (record.traceId === '') {
      const found = idsOfAttributes(record.attributes) ?? idsOfText(record.message);
      if (found !== undefined) {
        record.traceId = found.traceId;
        record.spanId ||= found.spanId;
      }
    }
  },
};
