import { readFileSync } from 'node:fs';
import { suitePath } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';
import { buildRemoteWrite, verifyRemoteWrite } from './remote-write.ts';

interface Body {
  readonly file: string;
  readonly headers: { readonly 'X-Prometheus-Remote-Write-Version': string };
  readonly expect: { readonly samples?: number; readonly exemplars?: number; readonly histograms?: number };
}

/**
 * Undoes Snappy's block format, https://github.com/google/snappy/blob/main/format_description.txt: the gateway has done so before these functions see a body. Only the
 * elements that these bodies have.
 */
function unsnap(block: Buffer): Buffer {
  let at = block.findIndex((byte) => byte < 128) + 1;
  const out: number[] = [];
  const little = (bytes: number): number => {
    at += bytes;
    return block.readUIntLE(at - bytes, bytes);
  };
  const copy = (offset: number, length: number): void => {
    for (let copied = 0; copied < length; copied += 1) {
      out.push(out.at(-offset) ?? 0);
    }
  };
  while (at < block.length) {
    const tag = little(1);
    const rest = tag >> 2;
    if ((tag & 3) === 0) {
      const length = (rest < 60 ? rest : little(rest - 59)) + 1;
      out.push(...block.subarray(at, at + length));
      at += length;
    } else if ((tag & 3) === 1) {
      copy(((tag >> 5) << 8) + little(1), (rest & 7) + 4);
    } else {
      copy(little(2), rest + 1);
    }
  }
  return Buffer.from(out);
}

const suite = suitePath('remote-write-bodies', 'manifest.json');
const missing = suite === undefined ? ': the suite remote-write-bodies is not there' : '';
const bodies = suite === undefined ? [] : (JSON.parse(readFileSync(suite, 'utf8')) as Body[]);
/** Some of the bodies are of 1970. */
const options = { receivedAtMs: 1_700_000_000_000, retentionDays: 36_500, seriesGate: { admit: () => true } };

describe.skipIf(suite === undefined)(`bodies of others${missing}`, () => {
  it.each(bodies)('$file', ({ file, headers, expect: wanted }) => {
    const version = headers['X-Prometheus-Remote-Write-Version'].startsWith('2') ? 2 : 1;
    const body = unsnap(readFileSync(suitePath('remote-write-bodies', file) ?? ''));
    const accepted = {
      samples: wanted.samples ?? 0,
      histograms: wanted.histograms ?? 0,
      exemplars: wanted.exemplars ?? 0,
    };
    expect(verifyRemoteWrite(body, version, options)).toMatchObject({ rejected: [], accepted });
    const batch = buildRemoteWrite(body, version, options, []);
    expect([batch.samples.count, batch.histograms.length, batch.exemplars.length]).toEqual(Object.values(accepted));
    expect(batch.series).toHaveLength(1);
  });

  it('the fixture of version 2 has custom buckets, start times and metadata', () => {
    const body = unsnap(readFileSync(suitePath('remote-write-bodies', 'bodies', 'prom_v2_fixture.bin') ?? ''));
    const { histograms, metadata } = buildRemoteWrite(body, 2, options, []);
    expect(histograms[2]).toMatchObject({
      timestampMs: 30,
      startMs: 11,
      histogram: {
        schema: -53,
        count: 16,
        customValues: [0.1, 1],
        positive: { spans: [{ offset: 1, length: 2 }], counts: [10, 6] },
      },
    });
    expect(metadata).toMatchObject([{ metric: 'test_metric1', type: 'gauge', help: 'Test gauge for test purposes' }]);
  });
});
