import { unixNanos } from '@aegisguard/model';
import { SECOND, START } from './arbitrary-spans.ts';
import type { WholeSpan } from './memory-span-reader.ts';

/** What a test says of a span; the id is up to eight letters or digits, times are seconds after `START`. */
export interface SpanNote extends Partial<Omit<WholeSpan, 'startTime' | 'durationNanos' | 'spanId' | 'parentSpanId'>> {
  readonly id: string;
  readonly parent?: string;
  readonly at?: number;
  readonly seconds?: number;
}

const NANOS_PER_SECOND = 1e9;

/** The span id that an id of a note stands for. */
function spanIdOf(id: string): string {
  return Buffer.from(id).toString('hex').padStart(16, '0');
}

/** A span of which a test says only what matters. */
export function spanOf({ id, parent, at = 0, seconds = 1, ...given }: SpanNote): WholeSpan {
  return {
    traceId: 'a'.repeat(32),
    spanId: spanIdOf(id),
    parentSpanId: parent === undefined ? '' : spanIdOf(parent),
    name: id,
    kind: 'internal',
    service: 'shop',
    startTime: unixNanos(START + BigInt(at) * SECOND),
    durationNanos: BigInt(Math.round(seconds * NANOS_PER_SECOND)),
    status: 'unset',
    statusMessage: '',
    attributes: {},
    resource: {},
    scopeName: '',
    scopeVersion: '',
    events: [],
    links: [],
    details: {},
    ...given,
  };
}
