import { expect, it } from 'vitest';
import { ProtoWriter } from './proto-writer.ts';

it('writes what the encoding’s documentation shows', () => {
  const writer = new ProtoWriter();
  expect(writer.varint(1, 150).take().toString('hex')).toBe('089601');
  expect(writer.text(2, 'testing').take().toString('hex')).toBe('120774657374696e67');
  expect(writer.delimited(3, writer.varint(1, 150).take()).take().toString('hex')).toBe('1a03089601');
  expect(writer.fixed64(7, 1n).take().toString('hex')).toBe('390100000000000000');
  expect(writer.double(1, 1).take().toString('hex')).toBe('09000000000000f03f');
});

it('writes times beyond 32 bits, and texts longer than its first buffer', () => {
  const writer = new ProtoWriter();
  expect(writer.varint(2, 1_795_000_000_000).take().toString('hex')).toBe('1080bcd9f29e34');
  const long = 'ä'.repeat(10_000);
  expect(writer.text(1, long).take().subarray(4).toString()).toBe(long);
});
