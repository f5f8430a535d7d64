import { AegisError, type MetricBatch, normalizeLabels } from '@aegisguard/model';
import { seriesId } from '@aegisguard/model/series-id';
import fc from 'fast-check';
import protobuf from 'protobufjs/minimal.js';
import { describe, expect, it } from 'vitest';
import { anySeries, RECEIVED_AT_MS } from '../testing/arbitrary-write-series.ts';
import {
  encodeWriteRequest1,
  encodeWriteRequest2,
  type TestLabels,
  type TestRecord,
  type TestSeries,
} from '../testing/encode-write-request.ts';
import { buildRemoteWrite, type RemoteWriteVersion, verifyRemoteWrite } from './remote-write.ts';

const admitAll = { admit: () => true };
const options = { receivedAtMs: RECEIVED_AT_MS, retentionDays: 30, seriesGate: admitAll };
const NAMED: TestLabels = [['__name__', 'up']];

function encode(version: RemoteWriteVersion, series: readonly TestSeries[], areSymbolsLast = false): Buffer {
  return version === 1 ? encodeWriteRequest1(series) : encodeWriteRequest2(series, areSymbolsLast);
}

function sample(timestampMs = RECEIVED_AT_MS, bits = 0x3ff0000000000000n, startMs = 0): TestRecord {
  return { kind: 'sample', bits, timestampMs, startMs };
}

/** What a batch says, without its order of series and by their labels. */
function told(batch: MetricBatch) {
  const labelsOf = (series: number) => batch.series[series]?.labels;
  const bits = new BigUint64Array(batch.samples.value.buffer, batch.samples.value.byteOffset, batch.samples.count);
  return {
    samples: [...bits].map((value, at) => ({
      labels: labelsOf(batch.samples.series[at] ?? -1),
      timestampMs: batch.samples.timestampMs[at],
      startMs: batch.samples.startMs[at],
      bits: value,
    })),
    histograms: batch.histograms.map(({ series, ...rest }) => ({ labels: labelsOf(series), ...rest })),
    exemplars: batch.exemplars.map(({ series, labels, ...rest }) => ({ of: labelsOf(series), labels, ...rest })),
  };
}

/** What should be told of series that were accepted. */
function expected(version: RemoteWriteVersion, all: readonly TestSeries[]) {
  const each = all.flatMap(({ labels, records }) =>
    records.map((record) => ({ labels: normalizeLabels(labels), record })),
  );
  return {
    samples: each.flatMap(({ labels, record }) =>
      record.kind === 'sample'
        ? [{ labels, timestampMs: record.timestampMs, startMs: version === 1 ? 0 : record.startMs, bits: record.bits }]
        : [],
    ),
    histograms: each.flatMap(({ labels, record: { kind, ...rest } }) => {
      const { histogram, timestampMs, startMs } = rest as Extract<TestRecord, { kind: 'histogram' }>;
      return kind === 'histogram' ? [{ labels, histogram, timestampMs, startMs }] : [];
    }),
    exemplars: each.flatMap(({ labels, record }) =>
      record.kind === 'exemplar'
        ? [{ of: labels, labels: normalizeLabels(record.labels), timestampMs: record.timestampMs, value: record.value }]
        : [],
    ),
  };
}

describe.each([1, 2] as const)('remote write %i.0', (version) => {
  it('tells what was sent', () => {
    fc.assert(
      fc.property(fc.array(anySeries, { maxLength: 6 }), fc.boolean(), (series, areSymbolsLast) => {
        const body = encode(version, series, areSymbolsLast);
        const verdict = verifyRemoteWrite(body, version, options);
        const wanted = expected(version, series);
        expect(verdict.rejected).toEqual([]);
        expect(verdict.accepted).toEqual({
          samples: wanted.samples.length,
          histograms: wanted.histograms.length,
          exemplars: wanted.exemplars.length,
        });
        const batch = buildRemoteWrite(body, version, options, []);
        expect(told(batch)).toEqual(wanted);
        expect(new Set(batch.series.map(({ id }) => id)).size).toBe(batch.series.length);
        for (const { id, labels } of batch.series) {
          expect(id).toBe(seriesId(labels));
        }
      }),
    );
  });

  it('leaves out what was refused and nothing else', () => {
    const mixed = fc.tuple(anySeries, fc.constantFrom('good', 'no-name', 'twice', 'old')).map(([series, fate]) => {
      const records =
        fate === 'old' ? series.records.map((record) => ({ ...record, timestampMs: 5, startMs: 0 })) : series.records;
      const labels: TestLabels =
        fate === 'no-name'
          ? series.labels.filter(([name]) => name !== '__name__')
          : fate === 'twice'
            ? [...series.labels, ['__name__', 'again']]
            : series.labels;
      return { series: { ...series, labels, records }, isGood: fate === 'good' };
    });
    fc.assert(
      fc.property(fc.array(mixed, { maxLength: 8 }), (all) => {
        const body = encode(
          version,
          all.map(({ series }) => series),
        );
        const { total, rejected } = verifyRemoteWrite(body, version, options);
        const fates = all.flatMap(({ series, isGood }) => series.records.map(() => isGood));
        expect(total).toBe(fates.length);
        const indexes = rejected.map(({ index }) => index);
        expect(indexes).toEqual(fates.flatMap((isGood, index) => (isGood ? [] : [index])));
        const good = all.filter(({ isGood }) => isGood).map(({ series }) => series);
        expect(told(buildRemoteWrite(body, version, options, indexes))).toEqual(expected(version, good));
      }),
    );
  });

  it('says the same when asked again, of label sets that it knows', () => {
    const series: TestSeries[] = [
      { labels: NAMED, records: [sample(), sample(1)] },
      { labels: [['a', 'b']], records: [sample()] },
    ];
    const body = encode(version, series);
    const first = verifyRemoteWrite(body, version, options);
    expect(verifyRemoteWrite(body, version, options)).toEqual(first);
    expect(first.rejected.map(({ index, code }) => [index, code])).toEqual([
      [1, 'too-old'],
      [2, 'invalid'],
    ]);
  });

  const long = (bytes: number) => 'é'.repeat(bytes / 2);
  /** With the name that stands before them, so many labels. */
  const many = (count: number) =>
    Array.from({ length: count - 1 }, (_, at): [string, string] => [`a${String(at).padStart(3, '0')}`, 'v']);
  it.each<[string, TestLabels, string | undefined]>([
    ['64 labels', [['__name__', 'up'], ...many(64)], undefined],
    ['65 labels', [['__name__', 'up'], ...many(65)], 'too-many-labels'],
    ['very many labels', [['__name__', 'up'], ...many(1000)], 'too-many-labels'],
    ['a name at its limit', [['__name__', long(1024)]], undefined],
    ['a name beyond it', [['__name__', long(1026)]], 'metric-name-too-long'],
    [
      'a label name at its limit',
      [
        ['__name__', 'up'],
        [long(1024), 'v'],
      ],
      undefined,
    ],
    [
      'a label name beyond it',
      [
        ['__name__', 'up'],
        [long(1026), 'v'],
      ],
      'label-name-too-long',
    ],
    [
      'a label value at its limit',
      [
        ['__name__', 'up'],
        ['a', long(8192)],
      ],
      undefined,
    ],
    [
      'a label value beyond it',
      [
        ['__name__', 'up'],
        ['a', long(8194)],
      ],
      'label-value-too-long',
    ],
    ['no name', [['a', 'b']], 'invalid'],
    ['an empty name', [['__name__', '']], 'invalid'],
    ['no labels', [], 'invalid'],
    [
      'a label without a name',
      [
        ['', 'b'],
        ['__name__', 'up'],
      ],
      'invalid',
    ],
    [
      'an empty value',
      [
        ['__name__', 'up'],
        ['a', ''],
      ],
      undefined,
    ],
    [
      'a label twice',
      [
        ['__name__', 'up'],
        ['a', 'b'],
        ['a', 'b'],
      ],
      'invalid',
    ],
    [
      'labels in disorder',
      [
        ['b', 'b'],
        ['__name__', 'up'],
      ],
      undefined,
    ],
    [
      'labels in the order of bytes, not of UTF-16',
      [
        ['__name__', 'up'],
        ['\uffee', 'a'],
        ['\u{1f600}', 'b'],
      ],
      undefined,
    ],
    [
      'names of other characters',
      [
        ['__name__', 'häßlich.name'],
        ['a b', 'c'],
      ],
      undefined,
    ],
  ])('series with %s', (_, labels, code) => {
    const body = encode(version, [
      { labels, records: [sample()] },
      { labels: NAMED, records: [sample()] },
    ]);
    const { rejected, accepted } = verifyRemoteWrite(body, version, options);
    expect(rejected.map((rejection) => [rejection.index, rejection.code])).toEqual(
      code === undefined ? [] : [[0, code]],
    );
    expect(accepted.samples).toBe(code === undefined ? 2 : 1);
    const { series } = buildRemoteWrite(
      body,
      version,
      options,
      rejected.map(({ index }) => index),
    );
    expect(series.map((one) => one.labels)).toContainEqual(NAMED);
    for (const one of series) {
      expect(
        one.labels.every(([name, value], at) => value !== '' && (at === 0 || (one.labels[at - 1]?.[0] ?? '') < name)),
      ).toBe(true);
    }
  });

  it('the order of labels is nobody’s business', () => {
    fc.assert(
      fc.property(fc.array(anySeries, { maxLength: 6 }), (all) => {
        const body = encode(
          version,
          all.map((series) => ({ ...series, labels: series.labels.toReversed() })),
        );
        expect(verifyRemoteWrite(body, version, options).rejected).toEqual([]);
        const batch = buildRemoteWrite(body, version, options, []);
        expect(told(batch)).toEqual(expected(version, all));
        for (const { id, labels } of batch.series) {
          expect(id).toBe(seriesId(labels));
        }
      }),
    );
  });

  it('a body of the other version is refused, not taken for an empty one', () => {
    const body = encode(version === 1 ? 2 : 1, [{ labels: NAMED, records: [sample()] }]);
    expect(() => verifyRemoteWrite(body, version, options)).toThrow(
      expect.objectContaining({ code: 'invalid-protobuf', detail: expect.stringContaining('another version') }),
    );
  });

  it('names the metric whose series is refused', () => {
    const body = encode(version, [{ labels: [['__name__', 'too_much'], ...many(70)], records: [sample()] }]);
    expect(verifyRemoteWrite(body, version, options).rejected[0]?.message).toBe(
      'a series of "too_much" has 70 labels; 64 are allowed',
    );
  });

  it('stores times that are too far ahead at the time of receipt', () => {
    const body = encode(version, [
      { labels: NAMED, records: [sample(RECEIVED_AT_MS + 86_400_000), sample(RECEIVED_AT_MS + 86_400_001)] },
    ]);
    const { samples } = buildRemoteWrite(body, version, options, []);
    expect([...samples.timestampMs.slice(0, 2)]).toEqual([RECEIVED_AT_MS + 86_400_000, RECEIVED_AT_MS]);
  });

  it('refuses series that the gate does not admit, and asks only for what is else accepted', () => {
    const asked: bigint[] = [];
    const gate = {
      admit: (id: bigint) => {
        asked.push(id);
        return id === seriesId(NAMED);
      },
    };
    const body = encode(version, [
      { labels: NAMED, records: [sample(), sample()] },
      { labels: [['__name__', 'down']], records: [sample(), sample(1)] },
      { labels: [['__name__', 'old']], records: [sample(1)] },
    ]);
    const { rejected } = verifyRemoteWrite(body, version, { ...options, seriesGate: gate });
    expect(rejected.map(({ index, code }) => [index, code])).toEqual([
      [2, 'too-many-series'],
      [3, 'too-old'],
      [4, 'too-old'],
    ]);
    expect(asked).toEqual([seriesId(NAMED), seriesId([['__name__', 'down']])]);
  });

  it('refuses what is no message', () => {
    for (const body of [Buffer.from([0]), Buffer.from([0x0a, 5, 1]), Buffer.from('{}'), Buffer.from([0x0b])]) {
      expect(() => verifyRemoteWrite(body, version, options)).toThrow(AegisError);
    }
    expect(verifyRemoteWrite(Buffer.alloc(0), version, options).total).toBe(0);
  });
});

describe('remote write 1.0', () => {
  it('has metadata of metrics', () => {
    const writer = protobuf.Writer.create();
    for (const [type, name, help, unit] of [
      [1, 'requests_total', 'Requests.', ''],
      [3, 'latency_seconds', 'Latency.', 'seconds'],
      [0, 'nothing', '', ''],
      [2, '', 'No name.', ''],
      [2, 'requests_total', 'Again.', ''],
    ] as const) {
      writer
        .uint32(26)
        .fork()
        .uint32(8)
        .uint32(type)
        .uint32(18)
        .string(name)
        .uint32(34)
        .string(help)
        .uint32(42)
        .string(unit)
        .ldelim();
    }
    const body = writer.finish();
    expect(verifyRemoteWrite(body, 1, options).total).toBe(0);
    expect(buildRemoteWrite(body, 1, options, []).metadata).toEqual([
      { metric: 'requests_total', type: 'counter', unit: '', help: 'Requests.' },
      { metric: 'latency_seconds', type: 'histogram', unit: 'seconds', help: 'Latency.' },
    ]);
  });

  it('refuses labels that are not UTF-8, but not those with U+FFFD', () => {
    const writer = protobuf.Writer.create();
    for (const bytes of [Buffer.from([0xff]), Buffer.from('\ufffd')]) {
      writer.uint32(10).fork();
      writer.uint32(10).fork().uint32(10).string('__name__').uint32(18).bytes(bytes).ldelim();
      writer.uint32(18).fork().uint32(16).int64(RECEIVED_AT_MS).ldelim();
      writer.ldelim();
    }
    const { rejected } = verifyRemoteWrite(writer.finish(), 1, options);
    expect(rejected.map(({ index, code }) => [index, code])).toEqual([[0, 'invalid']]);
  });
});

describe('remote write 2.0', () => {
  const one = (write: (writer: protobuf.Writer) => void): Uint8Array => {
    const writer = protobuf.Writer.create();
    for (const symbol of ['', '__name__', 'up', 'a_bucket', 'help']) {
      writer.uint32(34).string(symbol);
    }
    write(writer.uint32(42).fork());
    return writer.ldelim().finish();
  };
  const withSample = (writer: protobuf.Writer) => writer.uint32(18).fork().uint32(16).int64(RECEIVED_AT_MS).ldelim();

  it.each<[string, readonly number[], string]>([
    ['a symbol that is not there', [1, 5], 'refers to a symbol'],
    ['the highest reference', [1, 0xffffffff], 'refers to a symbol'],
    ['a name without a value', [1, 2, 0], 'odd in number'],
  ])('refuses a series with %s', (_, references, message) => {
    const body = one((writer) => {
      writer.uint32(10).fork();
      for (const reference of references) {
        writer.uint32(reference);
      }
      withSample(writer.ldelim());
    });
    const { total, rejected } = verifyRemoteWrite(body, 2, options);
    expect(total).toBe(1);
    expect(rejected[0]).toMatchObject({ index: 0, code: 'invalid' });
    expect(rejected[0]?.message).toContain(message);
    expect(buildRemoteWrite(body, 2, options, []).samples.count).toBe(0);
  });

  it('takes references that are not packed, the created timestamp of earlier drafts, and metadata of the whole histogram', () => {
    const body = one((writer) => {
      writer.uint32(8).uint32(1).uint32(8).uint32(3);
      withSample(writer)
        .uint32(48)
        .int64(RECEIVED_AT_MS - 5);
      writer.uint32(42).fork().uint32(8).uint32(3).uint32(24).uint32(4).ldelim();
    });
    expect(verifyRemoteWrite(body, 2, options).accepted.samples).toBe(1);
    const { series, samples, metadata } = buildRemoteWrite(body, 2, options, []);
    expect(series[0]?.labels).toEqual([['__name__', 'a_bucket']]);
    expect(samples.startMs[0]).toBe(RECEIVED_AT_MS - 5);
    expect(metadata).toEqual([{ metric: 'a', type: 'histogram', unit: '', help: 'help' }]);
  });

  it('bounds what references come to when they are written out', () => {
    const writer = protobuf.Writer.create();
    const names = Array.from({ length: 60 }, (_, at) => `l${at + 10}`);
    for (const symbol of ['', '__name__', 'up', 'v'.repeat(8192), ...names]) {
      writer.uint32(34).string(symbol);
    }
    for (let at = 0; at < 600; at += 1) {
      writer.uint32(42).fork().uint32(10).fork().uint32(1).uint32(2);
      for (const name of names.keys()) {
        writer.uint32(name + 4).uint32(3);
      }
      withSample(writer.ldelim()).ldelim();
    }
    const body = writer.finish();
    expect(body.length).toBeLessThan(150_000);
    expect(() => verifyRemoteWrite(body, 2, options)).toThrow(expect.objectContaining({ code: 'body-too-large' }));
  });
});
