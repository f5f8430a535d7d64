import type { EventWindow } from '../records/event-window.ts';
import type { RecordFault } from '../records/record-rejection.ts';
import { TOO_DEEP } from './any-value-limits.ts';
import {
  ageFault,
  attributesFault,
  type IdState,
  optionalIdFault,
  SPAN_ID_BYTES,
  TRACE_ID_BYTES,
} from './otlp-faults.ts';

/** What of a log record its verdict depends on, read from either encoding. */
export class LogFacts {
  /** 0 when not known, as in OTLP. */
  time = 0n;
  observedTime = 0n;
  traceId: IdState = 'absent';
  spanId: IdState = 'absent';
  attributes = 0;
  body = 0;

  /** The first fault of the record. */
  judge(window: EventWindow): RecordFault | undefined {
    return (
      optionalIdFault('traceId', this.traceId, TRACE_ID_BYTES) ??
      optionalIdFault('spanId', this.spanId, SPAN_ID_BYTES) ??
      this.#judgeTime(window) ??
      attributesFault('/attributes', this.attributes) ??
      (this.body >= TOO_DEEP ? attributesFault('/body', this.body) : undefined)
    );
  }

  #judgeTime(window: EventWindow): RecordFault | undefined {
    if (this.time !== 0n) {
      return ageFault('/timeUnixNano', this.time, window, 'logs');
    }
    return this.observedTime === 0n ? undefined : ageFault('/observedTimeUnixNano', this.observedTime, window, 'logs');
  }
}
