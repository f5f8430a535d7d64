import { AegisError } from '@aegisguard/model';
import fc from 'fast-check';
import protobuf from 'protobufjs/minimal.js';
import { describe, expect, it } from 'vitest';
import type { MessageEncoding } from '../records/verdict.ts';
import { encodeLokiJson, encodeLokiProtobuf } from '../testing/encode-loki-push.ts';
import { buildLokiPush, verifyLokiPush } from './loki-push.ts';

const options = { receivedAtMs: 1_795_000_000_000, retentionDays: 30 };
const NANOS = 1_795_000_000_000_000_000n;
const push = {
  streams: [
    {
      labels: { app: 'shop "one"', level: 'warn\n', 'k8s.pod': 'é😀' },
      entries: [
        { nanos: NANOS, line: 'first \\ "line" é😀\n', metadata: { trace_id: 'ab'.repeat(16), user: 'ann' } },
        { nanos: NANOS - 1n, line: '' },
      ],
    },
    { labels: {}, entries: [{ nanos: 0n, line: 'old' }] },
  ],
};

/** `taken`, or the code of the client error; anything else that happens is the test's failure. */
function outcome(body: Uint8Array, encoding: MessageEncoding): string {
  try {
    const { total, rejected } = verifyLokiPush(body, encoding, options);
    const indexes = rejected.map(({ index }) => index);
    const records = buildLokiPush(body, encoding, options, indexes);
    expect(records.length + rejected.length).toBe(total);
    for (const record of records) {
      expect(Buffer.from(record.message).toString()).toBe(record.message);
      JSON.stringify([record.attributes, record.resource]);
    }
    for (const { message } of rejected) {
      expect(message.length).toBeLessThan(200);
    }
    // A worker of another version must make records of whatever was accepted.
    expect(buildLokiPush(body, encoding, options, [])).toHaveLength(total);
    return 'taken';
  } catch (error) {
    if (error instanceof AegisError && error.status >= 400 && error.status < 500) {
      expect(error.detail?.length).toBeLessThan(300);
      return error.code;
    }
    throw error;
  }
}

describe.each([
  ['json', encodeLokiJson(push), 'invalid-json'],
  ['protobuf', Buffer.from(encodeLokiProtobuf(push)), 'invalid-protobuf'],
] as const)('hostile %s', (encoding, valid, syntaxError) => {
  it('the valid one is taken', () => {
    expect(outcome(valid, encoding)).toBe('taken');
    expect(verifyLokiPush(valid, encoding, options).rejected).toMatchObject([{ index: 2, code: 'too-old' }]);
  });

  it('truncated at every byte', () => {
    const codes = Array.from({ length: valid.length }, (_, end) => outcome(valid.subarray(0, end), encoding));
    // A protocol buffer message may end after any of its fields.
    const whole = encoding === 'json' ? 0 : 2;
    expect(codes.filter((code) => code !== syntaxError)).toEqual(new Array<string>(whole).fill('taken'));
  });

  it('with 10,000 mutations', () => {
    const change = fc.record({
      at: fc.nat(valid.length - 1),
      bytes: fc.uint8Array({ maxLength: 6 }),
      removed: fc.nat(6),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        let body: Buffer = valid;
        for (const { at, bytes, removed } of changes) {
          body = Buffer.concat([body.subarray(0, at), bytes, body.subarray(at + removed)]);
        }
        outcome(body, encoding);
      }),
      { numRuns: 10_000 },
    );
  });

  it('of random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void outcome(bytes, encoding)));
  });
});

describe('JSON of the wrong shape', () => {
  const code = (text: string) => outcome(Buffer.from(text), 'json');
  const faults = (entry: string, stream = '{"a":"b"}') =>
    verifyLokiPush(Buffer.from(`{"streams":[{"stream":${stream},"values":[${entry}]}]}`), 'json', options).rejected;

  it.each(['null', '[]', '{}', '"x"', '{"streams":null}', '{"streams":{}}', '{"streams":[1]}', '{"streams":[{}]}'])(
    '%s is no push',
    (text) => {
      expect(code(text)).toBe('invalid-body');
    },
  );

  it('names the stream whose values are none', () => {
    const body = Buffer.from('{"streams":[{"stream":{},"values":[]},{"stream":{},"entries":[]}]}');
    expect(() => verifyLokiPush(body, 'json', options)).toThrow('/streams/1/values must be an array of entries.');
  });

  it.each([
    ['7', ''],
    ['[]', ''],
    [`["${NANOS}"]`, ''],
    [`["${NANOS}","x",{},{}]`, ''],
    [`[${NANOS},"x"]`, '/timestamp'],
    ['["2026-11-26T00:00:00Z","x"]', '/timestamp'],
    ['["1795000000.5","x"]', '/timestamp'],
    ['["","x"]', '/timestamp'],
    ['["99999999999999999999","x"]', '/timestamp'],
    [`["${NANOS}",{"fizz":"buzz"}]`, '/line'],
    [`["${NANOS}",null]`, '/line'],
    [`["${NANOS}","x",[]]`, '/structuredMetadata'],
    [`["${NANOS}","x","y"]`, '/structuredMetadata'],
    [`["${NANOS}","x",{"a":1}]`, '/structuredMetadata'],
    [`["${NANOS}","x",{"a":{"b":"c"}}]`, '/structuredMetadata'],
  ])('the entry %s is refused', (entry, path) => {
    expect(faults(entry)).toEqual([{ index: 0, path, code: 'invalid', message: expect.any(String) }]);
  });

  it.each(['null', '[]', '"{a=\\"b\\"}"', '{"a":1}', '{"a":null}'])('the labels %s refuse their entries', (stream) => {
    const entry = `["${NANOS}","x"]`;
    expect(faults(`${entry},${entry}`, stream)).toMatchObject([
      { index: 0, path: '/stream', code: 'invalid' },
      { index: 1, path: '/stream', code: 'invalid' },
    ]);
  });

  it('metadata may be null, and a lone surrogate is repaired', () => {
    const body = Buffer.from(`{"streams":[{"stream":{"\\ud800":"\\udc00"},"values":[["${NANOS}","\\ud83d!",null]]}]}`);
    expect(buildLokiPush(body, 'json', options, [])).toMatchObject([
      { message: '\ufffd!', resource: { '\ufffd': '\ufffd' }, attributes: {} },
    ]);
  });

  it('nested however deep is refused or taken, and never overflows', () => {
    for (const open of ['[', '{"a":', '{"streams":[', '{"streams":[{"stream":{},"values":[[']) {
      expect(code(open.repeat(30_000))).toBe('invalid-json');
    }
    expect(code(`{"streams":[{"stream":{},"values":[${'['.repeat(5000)}${']'.repeat(5000)}]}]}`)).toBe('taken');
  });
});

describe('protocol buffers', () => {
  const stream = (write: (writer: protobuf.Writer) => void): Uint8Array => {
    const writer = protobuf.Writer.create().uint32(0x0a).fork();
    write(writer);
    return writer.ldelim().finish();
  };
  const entryOf = (writer: protobuf.Writer, write: (writer: protobuf.Writer) => void) => {
    writer.uint32(0x12).fork();
    write(writer);
    writer.ldelim();
  };
  const timeOf = (writer: protobuf.Writer, seconds: number, nanos: number) =>
    writer.uint32(0x0a).fork().uint32(0x08).int64(seconds).uint32(0x10).int32(nanos).ldelim();

  it('labels may come after their entries, and unknown fields anywhere', () => {
    const body = stream((writer) => {
      writer.uint32(0x18).uint64(12_345);
      entryOf(writer, (entry) => {
        entry.uint32(0x7a).string('unknown').uint32(0x12).string('line');
        entry
          .uint32(0x1a)
          .fork()
          .uint32(0x12)
          .string('value')
          .uint32(0x7d)
          .fixed32(1)
          .uint32(0x0a)
          .string('name')
          .ldelim();
      });
      writer.uint32(0x0a).string('{app="late"}');
    });
    expect(verifyLokiPush(body, 'protobuf', options)).toEqual({ total: 1, rejected: [] });
    expect(buildLokiPush(body, 'protobuf', options, [])).toMatchObject([
      {
        service: 'late',
        message: 'line',
        attributes: { name: 'value' },
        timestamp: BigInt(options.receivedAtMs) * 1_000_000n,
      },
    ]);
  });

  it('what was parsed out of a line is kept, unless metadata say otherwise', () => {
    const pair = (writer: protobuf.Writer, tag: number, name: string, value: string) =>
      writer.uint32(tag).fork().uint32(0x0a).string(name).uint32(0x12).string(value).ldelim();
    const body = stream((writer) => {
      entryOf(writer, (entry) => {
        pair(entry, 0x22, 'a', 'parsed');
        pair(entry, 0x1a, 'a', 'metadata');
        pair(entry, 0x22, 'a', 'parsed again');
        pair(entry, 0x22, 'b', 'parsed');
      });
      writer.uint32(0x0a).string('{}');
    });
    expect(buildLokiPush(body, 'protobuf', options, [])[0]?.attributes).toEqual({ a: 'metadata', b: 'parsed' });
  });

  it.each([
    [253_402_300_800, 0],
    [-62_135_596_801, 0],
    [1_795_000_000, -1],
    [1_795_000_000, 1_000_000_000],
  ])('%d seconds and %d nanoseconds are no time', (seconds, nanos) => {
    const body = stream((writer) => {
      writer.uint32(0x0a).string('{}');
      entryOf(writer, (entry) => timeOf(entry, seconds, nanos));
    });
    expect(verifyLokiPush(body, 'protobuf', options).rejected).toMatchObject([{ path: '/timestamp', code: 'invalid' }]);
  });

  it('labels that do not parse refuse the stream’s entries only', () => {
    const bad = stream((writer) => {
      writer.uint32(0x0a).string('{a=b}');
      entryOf(writer, (entry) => timeOf(entry, 1_795_000_000, 0));
      entryOf(writer, (entry) => timeOf(entry, 1_795_000_000, 0));
    });
    const body = Buffer.concat([bad, encodeLokiProtobuf({ streams: push.streams.slice(0, 1) })]);
    const { total, rejected } = verifyLokiPush(body, 'protobuf', options);
    expect(total).toBe(4);
    expect(rejected).toEqual(
      [0, 1].map((index) => ({
        index,
        path: '/stream',
        code: 'invalid',
        message: 'labels at character 3: expected a quoted value, found "a}"',
      })),
    );
  });

  it('of millions of empty messages is refused', () => {
    const entries = Buffer.concat([Buffer.from([0x0a]), varint(4_000_000), Buffer.alloc(4_000_000, '\u0012\u0000')]);
    const streams = Buffer.alloc(20_000_000, '\n\u0000');
    const pairs = Buffer.concat([Buffer.from([0x12]), varint(18_000_000), Buffer.alloc(18_000_000, '\u001a\u0000')]);
    const crowded = Buffer.concat([Buffer.from([0x0a]), varint(pairs.length), pairs]);
    for (const [body, code] of [
      [entries, 'batch-too-large'],
      [streams, 'body-too-large'],
      [crowded, 'body-too-large'],
    ] as const) {
      expect(() => verifyLokiPush(body, 'protobuf', options)).toThrow(expect.objectContaining({ code }));
    }
  });
});

function varint(value: number): Uint8Array {
  return protobuf.Writer.create().uint32(value).finish();
}
