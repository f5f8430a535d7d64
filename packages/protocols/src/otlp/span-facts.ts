import { ATTRIBUTE_COUNT_MAX } from '@aegisguard/model';
import type { EventWindow } from '../records/event-window.ts';
import type { RecordFault } from '../records/record-rejection.ts';
import {
  ageFault,
  attributesFault,
  type IdState,
  invalid,
  optionalIdFault,
  requiredIdFault,
  SPAN_ID_BYTES,
  TRACE_ID_BYTES,
} from './otlp-faults.ts';

/** What of a span its verdict depends on, read from either encoding. */
export class SpanFacts {
  traceId: IdState = 'absent';
  spanId: IdState = 'absent';
  parentSpanId: IdState = 'absent';
  /** 0 when not known, as in OTLP. */
  startTime = 0n;
  attributes = 0;
  /** The first fault of the span's events and links. */
  partFault: RecordFault | undefined = undefined;

  /** An event or link, by its place among them, has so many attributes. */
  addPart(list: 'events' | 'links', at: number, attributes: number): void {
    if (!(attributes <= ATTRIBUTE_COUNT_MAX)) {
      this.partFault ??= attributesFault(`/${list}/${at}/attributes`, attributes);
    }
  }

  /** The first fault of the span. */
  judge(window: EventWindow): RecordFault | undefined {
    return (
      requiredIdFault('traceId', this.traceId, TRACE_ID_BYTES) ??
      requiredIdFault('spanId', this.spanId, SPAN_ID_BYTES) ??
      optionalIdFault('parentSpanId', this.parentSpanId, SPAN_ID_BYTES) ??
      this.#judgeTime(window) ??
      attributesFault('/attributes', this.attributes) ??
      this.partFault
    );
  }

  #judgeTime(window: EventWindow): RecordFault | undefined {
    return this.startTime === 0n
      ? invalid('/startTimeUnixNano', 'startTimeUnixNano is required')
      : ageFault('/startTimeUnixNano', this.startTime, window, 'traces');
  }
}
