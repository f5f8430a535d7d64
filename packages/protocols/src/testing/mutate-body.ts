import fc from 'fast-check';

/** A change to a body: cut it, put bytes in, or put others in place. */
interface Mutation {
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly kind: 'cut' | 'insert' | 'replace';
}

const anyMutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(5000),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 4 }),
    // The largest length, the longest number, the tag 0, a group.
    fc.constantFrom(
      Uint8Array.of(0xff, 0xff, 0xff, 0xff, 7),
      new Uint8Array(11).fill(0xff),
      Uint8Array.of(0),
      Uint8Array.of(0x0b),
    ),
  ),
  kind: fc.constantFrom('cut', 'insert', 'replace', 'replace', 'replace'),
});

function mutate(body: Buffer, { at, bytes, kind }: Mutation): Buffer {
  const place = body.length === 0 ? 0 : at % body.length;
  const rest = kind === 'replace' ? place + bytes.length : place;
  return kind === 'cut'
    ? body.subarray(0, place)
    : Buffer.concat([body.subarray(0, place), bytes, body.subarray(rest)]);
}

/** Bodies that were changed a few times. */
export function mutated(bodies: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> {
  return fc
    .tuple(bodies, fc.array(anyMutation, { minLength: 1, maxLength: 4 }))
    .map(([body, mutations]) => mutations.reduce(mutate, body));
}
