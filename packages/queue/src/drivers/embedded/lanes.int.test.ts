import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AT_ONCE, consumer, idsOf, message, STREAM, textsOf } from '../../conformance/queue-under-test.ts';
import { type EmbeddedHarness, openEmbeddedHarness } from './embedded-harness.ts';
import { encodeFileHeader, newFileHeader } from './file-header.ts';
import { frameHead, smallFrame } from './frame.ts';

let harness: EmbeddedHarness;

beforeEach(async () => {
  harness = await openEmbeddedHarness({ segmentBytesMax: 2000 });
});

afterEach(async () => {
  await harness.dispose();
});

const folder = () => join(harness.directory, 'logs%3araw');

/** A message as versions without lanes wrote it: type 1, number, bytes before, time, lengths of headers and receipts, headers, body. */
function oldFrame(marker: Buffer, seq: number, bytesBefore: number, text: string): Buffer {
  const headers = Buffer.from('{}');
  const payload = Buffer.alloc(33 + headers.length + text.length);
  payload.writeUInt8(1, 0);
  payload.writeDoubleLE(seq, 1);
  payload.writeDoubleLE(bytesBefore, 9);
  payload.writeDoubleLE(harness.nowMs(), 17);
  payload.writeUInt32LE(headers.length, 25);
  payload.set(headers, 33);
  payload.write(text, 33 + headers.length);
  return Buffer.concat([frameHead(marker, [payload]), payload]);
}

it('reads segments and journals of versions without lanes', async () => {
  await harness.queue.read(consumer(), AT_ONCE);
  await harness.reopenAfter(async () => {
    for (const file of await readdir(folder())) {
      expect(['workers.journal', '0000000000000001.seg', 'dead.log']).toContain(file);
    }
    const segment = newFileHeader(1);
    const frames = ['a', 'b', 'c', 'd'].map((text, i) => oldFrame(segment.marker, i + 1, i, text));
    await writeFile(join(folder(), '0000000000000001.seg'), Buffer.concat([encodeFileHeader(segment), ...frames]));
    const journal = newFileHeader(0);
    const changes = [
      { k: 'snapshot', floor: 0, cursor: 2, ackedBytes: 0, acked: [], counts: [] },
      { k: 'deliver', to: 4, again: [[3, 3]] },
      { k: 'ack', ranges: [[2, 2]], bytes: 1 },
    ];
    await writeFile(
      join(folder(), 'workers.journal'),
      Buffer.concat([
        encodeFileHeader(journal),
        ...changes.map((change) => smallFrame(journal.marker, Buffer.from(JSON.stringify(change)))),
      ]),
    );
  });
  expect(await harness.queue.stats(STREAM, 'workers')).toMatchObject({ depth: 3, bytes: 3, pending: 2 });
  await harness.queue.append(STREAM, message('e', 'org'));
  const fresh = await harness.queue.read(consumer(), AT_ONCE);
  expect(fresh.map(({ lane, body }) => [lane, Buffer.from(body).toString()])).toEqual([
    ['', 'd'],
    ['org', 'e'],
  ]);
  const held = await harness.queue.claim(consumer(), 1, 10);
  expect(held.map(({ deliveryCount }) => deliveryCount)).toEqual([2, 3]);
  expect(textsOf(held)).toEqual(['a', 'c']);
  await harness.queue.ack(consumer(), idsOf([...fresh, ...held]));
  expect(await harness.queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0, bytes: 0, pending: 0 });
  expect(harness.warnings).toEqual([]);
});

it('gives what was read out of order neither again nor never, over crashes and rewritten journals', async () => {
  const seen: string[] = [];
  let appended = 0;
  for (let life = 0; life < 6; life += 1) {
    const lanes = Array.from({ length: 40 }, (_, i) => (i < 30 ? 'flood' : `lane-${i % 4}`));
    for (const lane of lanes) {
      await harness.queue.append(STREAM, message(`m${appended}`, lane));
      appended += 1;
    }
    for (let i = 0; i < 3; i += 1) {
      const deliveries = await harness.queue.read(consumer(), { ...AT_ONCE, countMax: 7 });
      seen.push(...textsOf(deliveries));
      // Every other one: what is acknowledged has holes.
      await harness.queue.ack(consumer(), idsOf(deliveries.filter((_, index) => index % 2 === life % 2)));
    }
    await harness.crash();
  }
  seen.push(...textsOf(await harness.queue.read(consumer(), AT_ONCE)));
  expect(seen.sort()).toEqual(Array.from({ length: appended }, (_, i) => `m${i}`).sort());
});

it('goes on with the right messages after a segment was salvaged', async () => {
  for (let i = 0; i < 40; i += 1) {
    await harness.queue.append(STREAM, message(`m${i} ${'x'.repeat(100)}`, i % 5 === 0 ? 'b' : 'a'));
  }
  await harness.queue.read(consumer(), { ...AT_ONCE, countMax: 2 });
  const [segment = ''] = (await readdir(folder())).filter((file) => file.endsWith('.seg')).sort();
  await harness.reopenAfter(async () => {
    const bytes = await readFile(join(folder(), segment));
    const at = bytes.indexOf('m3 x');
    bytes[at] = 0;
    await writeFile(join(folder(), segment), bytes);
  });
  const texts: string[] = [];
  for (let i = 0; i < 20; i += 1) {
    texts.push(...textsOf(await harness.queue.read(consumer(), { ...AT_ONCE, countMax: 3 })));
  }
  const expected = Array.from({ length: 40 }, (_, i) => `m${i}`).filter((name) => name !== 'm3');
  const first = (await harness.queue.claim(consumer(), 1, 1000)).map(({ body }) => Buffer.from(body).toString());
  const names = new Set([...texts, ...first].map((text) => text.split(' ')[0]));
  expect([...names].sort()).toEqual(expected.sort());
  expect(harness.warnings).toHaveLength(1);
});
