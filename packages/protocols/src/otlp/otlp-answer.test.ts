import { describe, expect, it } from 'vitest';
import { decodeProtobuf } from '../protobuf/decode-protobuf.ts';
import type { WireReader } from '../protobuf/wire-reader.ts';
import { encodeOtlpResponse, encodeOtlpStatus, type OtlpSignal } from './otlp-answer.ts';

const SIGNALS: OtlpSignal[] = ['logs', 'metrics', 'traces'];

function json(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString());
}

/** The fields of a message by number; delimited ones as bytes. */
function fields(bytes: Uint8Array): Map<number, number | Uint8Array> {
  return decodeProtobuf(bytes, (reader: WireReader) => {
    const found = new Map<number, number | Uint8Array>();
    while (reader.more()) {
      const tag = reader.tag();
      found.set(tag >>> 3, (tag & 7) === 2 ? Uint8Array.from(reader.bytes()) : reader.int64Number());
    }
    return found;
  });
}

function part(from: Map<number, number | Uint8Array>, number: number): Uint8Array {
  const value = from.get(number);
  expect(value).toBeInstanceOf(Uint8Array);
  return value as Uint8Array;
}

describe('a response', () => {
  it.each(SIGNALS)('of %s is empty when all was taken', (signal) => {
    expect(encodeOtlpResponse(signal, 'protobuf', 0, '')).toHaveLength(0);
    expect(json(encodeOtlpResponse(signal, 'json', 0, ''))).toEqual({});
  });

  it.each([
    ['logs', 'rejectedLogRecords'],
    ['metrics', 'rejectedDataPoints'],
    ['traces', 'rejectedSpans'],
  ] as const)('of %s says how many were refused', (signal, member) => {
    const answer = { partialSuccess: { [member]: '70000', errorMessage: 'é' } };
    expect(json(encodeOtlpResponse(signal, 'json', 70_000, 'é'))).toEqual(answer);
    const partial = fields(part(fields(encodeOtlpResponse(signal, 'protobuf', 70_000, 'é')), 1));
    expect(partial.get(1)).toBe(70_000);
    expect(Buffer.from(part(partial, 2)).toString()).toBe('é');
  });

  it('may be a warning alone', () => {
    expect(json(encodeOtlpResponse('logs', 'json', 0, 'w'))).toEqual({ partialSuccess: { errorMessage: 'w' } });
    const partial = fields(part(fields(encodeOtlpResponse('logs', 'protobuf', 0, 'w')), 1));
    expect([...partial.keys()]).toEqual([2]);
  });
});

describe('a status', () => {
  it('has code and message', () => {
    expect(json(encodeOtlpStatus('json', 3, 'bad', undefined))).toEqual({ code: 3, message: 'bad' });
    const status = fields(encodeOtlpStatus('protobuf', 3, 'bad', undefined));
    expect([...status.keys()]).toEqual([1, 2]);
    expect(status.get(1)).toBe(3);
    expect(Buffer.from(part(status, 2)).toString()).toBe('bad');
  });

  it.each([
    [5, '5s', 5, undefined],
    [0, '0s', undefined, undefined],
    [1.5, '1.5s', 1, 500_000_000],
    [0.25, '0.25s', undefined, 250_000_000],
  ])('says to try again after %d seconds', (delay, text, seconds, nanos) => {
    expect(json(encodeOtlpStatus('json', 14, 'later', delay))).toEqual({
      code: 14,
      message: 'later',
      details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: text }],
    });
    const any = fields(part(fields(encodeOtlpStatus('protobuf', 14, 'later', delay)), 3));
    expect(Buffer.from(part(any, 1)).toString()).toBe('type.googleapis.com/google.rpc.RetryInfo');
    const duration = fields(part(fields(part(any, 2)), 1));
    expect(duration.get(1)).toBe(seconds);
    expect(duration.get(2)).toBe(nanos);
  });
});
