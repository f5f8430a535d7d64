import { randomBytes } from 'node:crypto';
import { cp, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AT_ONCE, appendAll, consumer, idsOf, message, STREAM, textsOf } from '../../conformance/queue-under-test.ts';
import type { QueueDriver } from '../../driver.ts';
import { type EmbeddedHarness, openEmbeddedHarness } from './embedded-harness.ts';
import { HEADER_BYTES } from './file-header.ts';
import { fileNameOf } from './file-name.ts';
import { MARKER_BYTES } from './frame.ts';

const FOLDER = fileNameOf(STREAM);
const RECOVERED = /queue recovered/;

let harness: EmbeddedHarness;

afterEach(async () => {
  await harness.dispose();
});

/** Runs `check` on the queue as it opens after each of the changes to one of its files, every time from the same files. */
async function forEachChange(
  file: (directory: string) => Promise<string>,
  changes: (bytes: Buffer) => Iterable<Buffer>,
  check: (queue: QueueDriver, warnings: readonly string[], bytes: Buffer) => Promise<void>,
): Promise<void> {
  await harness.queue.close();
  const original = harness.directory;
  const path = await file(original);
  const bytes = await readFile(path);
  let count = 0;
  for (const changed of changes(bytes)) {
    count += 1;
    const victim = await openEmbeddedHarness();
    try {
      await victim.reopenAfter(async (directory) => {
        await cp(original, directory, { recursive: true });
        await writeFile(path.replace(original, directory), changed);
      });
      await check(victim.queue, victim.warnings, changed);
    } finally {
      await victim.dispose();
    }
  }
  expect(count).toBeGreaterThan(0);
}

/** Where the last frame of a file begins: every frame begins with the marker that the header names. */
function lastFrameOf(bytes: Buffer): number {
  return bytes.lastIndexOf(bytes.subarray(8, 8 + MARKER_BYTES));
}

function* cutsOfLastFrame(bytes: Buffer): Generator<Buffer> {
  for (let end = lastFrameOf(bytes) + 1; end < bytes.length; end += 1) {
    yield bytes.subarray(0, end);
  }
}

function* garbageAfter(bytes: Buffer): Generator<Buffer> {
  const marker = bytes.subarray(8, 8 + MARKER_BYTES);
  for (const garbage of [
    Buffer.alloc(1),
    Buffer.alloc(5000),
    randomBytes(3000),
    marker,
    Buffer.concat([marker, randomBytes(40)]),
  ]) {
    yield Buffer.concat([bytes, garbage]);
  }
}

function* flipsInLastFrame(bytes: Buffer): Generator<Buffer> {
  for (let at = lastFrameOf(bytes); at < bytes.length; at += 7) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
    yield flipped;
  }
}

async function activeSegment(directory: string): Promise<string> {
  const files = await readdir(join(directory, FOLDER));
  return join(
    directory,
    FOLDER,
    files
      .filter((file) => file.endsWith('.seg'))
      .sort()
      .at(-1) ?? '',
  );
}

describe('a torn segment', () => {
  beforeEach(async () => {
    harness = await openEmbeddedHarness();
    await appendAll(harness.queue, 'first', 'second', 'last');
  });

  const expectWithoutLast = async (queue: QueueDriver, warnings: readonly string[]) => {
    expect(warnings).toEqual([expect.stringMatching(RECOVERED)]);
    expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 2, bytes: 11 });
    await appendAll(queue, 'next');
    expect(textsOf(await queue.read(consumer(), AT_ONCE))).toEqual(['first', 'second', 'next']);
  };

  it('loses only the record that was being written, wherever it was cut', async () => {
    await forEachChange(activeSegment, cutsOfLastFrame, expectWithoutLast);
  });

  it('loses only the last record when a bit of it flipped', async () => {
    await forEachChange(activeSegment, flipsInLastFrame, expectWithoutLast);
  });

  it('loses nothing to garbage behind the last record', async () => {
    await forEachChange(activeSegment, garbageAfter, async (queue, warnings) => {
      expect(warnings).toEqual([expect.stringMatching(RECOVERED)]);
      await appendAll(queue, 'next');
      expect(textsOf(await queue.read(consumer(), AT_ONCE))).toEqual(['first', 'second', 'last', 'next']);
    });
  });

  it('opens empty when nothing of it is left, and never uses a number again that a group has seen', async () => {
    const seen = idsOf(await harness.queue.read(consumer(), AT_ONCE));
    await forEachChange(
      activeSegment,
      (bytes) => [Buffer.alloc(0), bytes.subarray(0, 10), bytes.subarray(0, HEADER_BYTES)],
      async (queue) => {
        const [id] = await appendAll(queue, 'next');
        const deliveries = await queue.read(consumer(), AT_ONCE);
        expect(textsOf(deliveries)).toEqual(['next']);
        expect(seen).not.toContain(id);
        await queue.ack(consumer(), idsOf(deliveries));
        expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0, pending: 0 });
      },
    );
  });
});

describe("a torn journal of a group's", () => {
  const journal = async (directory: string) => join(directory, FOLDER, 'workers.journal');

  beforeEach(async () => {
    harness = await openEmbeddedHarness();
    await appendAll(harness.queue, 'a', 'b', 'c');
    const [a, b] = await harness.queue.read(consumer(), { ...AT_ONCE, countMax: 2 });
    await harness.queue.ack(consumer(), [a?.id ?? '']);
    await harness.queue.ack(consumer(), [b?.id ?? '']);
  });

  const expectRedelivery = async (queue: QueueDriver, warnings: readonly string[]) => {
    expect(warnings).toEqual([expect.stringMatching(RECOVERED)]);
    const claimed = await queue.claim(consumer(), 60_000, 10);
    expect(claimed).toMatchObject([{ deliveryCount: 2 }]);
    expect(textsOf(claimed)).toEqual(['b']);
    expect(textsOf(await queue.read(consumer(), AT_ONCE))).toEqual(['c']);
  };

  it('means redelivery of what its last entry acknowledged, wherever it was cut', async () => {
    await forEachChange(journal, cutsOfLastFrame, expectRedelivery);
  });

  it('means the same when a bit of the last entry flipped', async () => {
    await forEachChange(journal, flipsInLastFrame, expectRedelivery);
  });

  it('means nothing when garbage was appended', async () => {
    await forEachChange(journal, garbageAfter, async (queue, warnings) => {
      expect(warnings).toEqual([expect.stringMatching(RECOVERED)]);
      expect(await queue.claim(consumer(), 0, 10)).toEqual([]);
      expect(textsOf(await queue.read(consumer(), AT_ONCE))).toEqual(['c']);
    });
  });

  it('means redelivery, not loss, when it is damaged in the middle or at its head', async () => {
    const damage = (bytes: Buffer) =>
      [3, HEADER_BYTES + 20, HEADER_BYTES + MARKER_BYTES].map((at) => {
        const damaged = Buffer.from(bytes);
        damaged.fill(0xaa, at, at + 4);
        return damaged;
      });
    await forEachChange(journal, damage, async (queue, warnings) => {
      expect(warnings).toEqual([expect.stringMatching(RECOVERED)]);
      const all = [...(await queue.claim(consumer(), 0, 10)), ...(await queue.read(consumer(), AT_ONCE))];
      expect(textsOf(all)).toContain('c');
      await queue.ack(consumer(), idsOf(all));
      expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0, pending: 0 });
    });
  });
});

describe('a torn file of dead letters', () => {
  const deadLog = async (directory: string) => join(directory, FOLDER, 'dead.log');
  const reasons = async (queue: QueueDriver) => (await queue.deadLetters(STREAM, 10)).map(({ reason }) => reason);

  beforeEach(async () => {
    harness = await openEmbeddedHarness();
    await appendAll(harness.queue, 'a', 'b', 'c');
    for (const delivery of await harness.queue.read(consumer(), AT_ONCE)) {
      await harness.queue.bury(consumer(), delivery.id, `why ${textsOf([delivery])[0]}`);
    }
  });

  it('loses only the last letter, wherever it was cut or flipped', async () => {
    const changes = (bytes: Buffer) => [...cutsOfLastFrame(bytes), ...flipsInLastFrame(bytes)];
    await forEachChange(deadLog, changes, async (queue, warnings) => {
      expect(warnings).toEqual([expect.stringMatching(RECOVERED)]);
      expect(await reasons(queue)).toEqual(['why a', 'why b']);
    });
  });

  it('takes letters after its tail was cut', async () => {
    await forEachChange(deadLog, garbageAfter, async (queue, warnings) => {
      expect(warnings).toEqual([expect.stringMatching(RECOVERED)]);
      await appendAll(queue, 'd');
      const [d] = await queue.read(consumer(), AT_ONCE);
      await queue.bury(consumer(), d?.id ?? '', 'why d');
      expect(await reasons(queue)).toEqual(['why a', 'why b', 'why c', 'why d']);
    });
  });

  it('lists a letter whose body is damaged, since listing reads no bodies, and does not replay it', async () => {
    const body = randomBytes(50_000);
    await harness.queue.append(STREAM, { lane: '', headers: 'large', body });
    const [large] = await harness.queue.read(consumer(), AT_ONCE);
    await harness.queue.bury(consumer(), large?.id ?? '', 'why large');
    const path = await deadLog(harness.directory);
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0, bytes.indexOf(body), bytes.indexOf(body) + 9), { flag: 'r+' });
    const letter = (await harness.queue.deadLetters(STREAM, 10)).at(-1);
    expect(letter).toMatchObject({ headers: 'large', bodyBytes: 50_000, reason: 'why large' });
    expect(await harness.queue.deadLetter(STREAM, letter?.id ?? '')).toEqual(letter);
    expect(await harness.queue.replay(STREAM, letter?.id ?? '')).toBe(false);
    expect(harness.warnings).toEqual([expect.stringMatching(/queue recovered.*cannot be read any more/)]);
    expect(await reasons(harness.queue)).toEqual(['why a', 'why b', 'why c']);
  });

  it('keeps the bound on bodies over restarts, and warns of what it drops', async () => {
    const third = Math.ceil(harness.deadBytesMax / 3);
    const bury = async (name: string) => {
      await harness.queue.append(STREAM, { lane: '', headers: name, body: new Uint8Array(third) });
      const [delivery] = await harness.queue.read(consumer(), AT_ONCE);
      await harness.queue.bury(consumer(), delivery?.id ?? '', name);
    };
    await bury('large 1');
    await bury('large 2');
    expect(harness.warnings).toEqual([]);
    await harness.crash();
    await bury('large 3');
    expect(await reasons(harness.queue)).toEqual(['large 2', 'large 3']);
    expect(harness.warnings).toEqual([expect.stringContaining('dead letters were dropped')]);
    await harness.reopen();
    expect(await reasons(harness.queue)).toEqual(['large 2', 'large 3']);
    expect(harness.warnings).toHaveLength(1);
  });

  it('keeps the letters around a damaged one', async () => {
    const damage = (bytes: Buffer) => {
      const damaged = Buffer.from(bytes);
      damaged.fill(0xaa, bytes.indexOf('why b'), bytes.indexOf('why b') + 5);
      return [damaged];
    };
    await forEachChange(deadLog, damage, async (queue, warnings) => {
      expect(warnings).toEqual([expect.stringMatching(RECOVERED)]);
      expect(await reasons(queue)).toEqual(['why a', 'why c']);
    });
  });
});

describe('damage in older segments', () => {
  const texts: readonly string[] = Array.from({ length: 60 }, (_, i) => `message ${String(i).padStart(3, '0')}`);

  beforeEach(async () => {
    harness = await openEmbeddedHarness({ segmentBytesMax: 1500 });
    await appendAll(harness.queue, ...texts);
  });

  const segments = async (directory: string) =>
    (await readdir(join(directory, FOLDER))).filter((file) => file.endsWith('.seg')).sort();

  const drain = async () => {
    const deliveries = await harness.queue.read(consumer(), AT_ONCE);
    await harness.queue.ack(consumer(), idsOf(deliveries));
    return textsOf(deliveries);
  };

  const overwrite = async (directory: string, file: string, find: string) => {
    const path = join(directory, FOLDER, file);
    const bytes = await readFile(path);
    const at = bytes.indexOf(find);
    expect(at).toBeGreaterThan(0);
    bytes.fill('#', at, at + 4);
    await writeFile(path, bytes);
  };

  it('costs the damaged message, says so, and keeps the damaged file', async () => {
    let file = '';
    let victim = '';
    await harness.reopenAfter(async (directory) => {
      [, file = ''] = await segments(directory);
      const held = (await readFile(join(directory, FOLDER, file))).toString('latin1');
      [, victim = ''] = texts.filter((text) => held.includes(text));
      await overwrite(directory, file, victim);
    });
    expect(harness.warnings).toEqual([]);
    expect(await drain()).toEqual(texts.filter((text) => text !== victim));
    expect(harness.warnings).toEqual([expect.stringMatching(/queue recovered.*1 messages lost.*aside/)]);
    expect(await harness.queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0, bytes: 0, pending: 0 });
    const aside = await readdir(join(harness.directory, FOLDER, 'aside'));
    expect(aside).toEqual([expect.stringContaining(file)]);
    await harness.reopen();
    expect(harness.warnings).toHaveLength(1);
  });

  it('costs only what was cut when a segment lost its end, and is found at the start', async () => {
    await harness.reopenAfter(async (directory) => {
      const [, file = ''] = await segments(directory);
      const path = join(directory, FOLDER, file);
      await truncate(path, (await readFile(path)).length - 250);
    });
    expect(harness.warnings).toEqual([expect.stringMatching(RECOVERED)]);
    const left = await drain();
    expect(left.length).toBeGreaterThan(50);
    expect(left.length).toBeLessThan(60);
    expect(left).toEqual(texts.filter((text) => left.includes(text)));
    expect(left.at(-1)).toBe('message 059');
    expect(await harness.queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0, bytes: 0 });
  });

  it('costs nothing when bytes were appended to a segment or its header was damaged', async () => {
    await harness.reopenAfter(async (directory) => {
      const [first = '', second = '', third = ''] = await segments(directory);
      await writeFile(join(directory, FOLDER, second), randomBytes(100), { flag: 'a' });
      for (const file of [first, third]) {
        const path = join(directory, FOLDER, file);
        const bytes = await readFile(path);
        await writeFile(path, bytes.fill(0, 0, 30));
      }
    });
    expect(harness.warnings).toHaveLength(3);
    expect(await drain()).toEqual(texts);
    expect(await harness.queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0, bytes: 0 });
  });

  it('costs the messages of a segment of which nothing can be read, and not those after it', async () => {
    await harness.reopenAfter(async (directory) => {
      const [, file = ''] = await segments(directory);
      const path = join(directory, FOLDER, file);
      await writeFile(path, randomBytes((await readFile(path)).length));
    });
    const left = await drain();
    expect(left.length).toBeLessThan(60);
    expect(left.at(-1)).toBe('message 059');
    expect(await harness.queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0, bytes: 0 });
  });

  it('does not hold up a claim of a message that can no longer be read', async () => {
    await harness.queue.read(consumer(), { ...AT_ONCE, countMax: 10 });
    await harness.reopenAfter(async (directory) => {
      const [file = ''] = await segments(directory);
      await overwrite(directory, file, 'message 001');
    });
    const claimed = textsOf(await harness.queue.claim(consumer(), 0, 10));
    expect(claimed).toEqual(texts.slice(0, 10).filter((text) => text !== 'message 001'));
    expect(await harness.queue.stats(STREAM, 'workers')).toMatchObject({ depth: 59, pending: 9, bytes: 59 * 11 });
  });

  it('is found in the last segment too, at the start', async () => {
    let victim = '';
    await harness.reopenAfter(async (directory) => {
      const file = (await segments(directory)).at(-1) ?? '';
      const held = (await readFile(join(directory, FOLDER, file))).toString('latin1');
      victim = texts.find((text) => held.includes(text)) ?? '';
      expect(victim).not.toBe('message 059');
      await overwrite(directory, file, victim);
    });
    expect(harness.warnings).toEqual([expect.stringMatching(RECOVERED)]);
    await appendAll(harness.queue, 'next');
    expect(await drain()).toEqual([...texts.filter((text) => text !== victim), 'next']);
  });
});

it('does not take a body that looks like a record for one, whatever is damaged before it', async () => {
  harness = await openEmbeddedHarness();
  await harness.queue.append(STREAM, message('stranger'));
  await harness.queue.close();
  const forged = (await readFile(await activeSegment(harness.directory))).subarray(HEADER_BYTES);
  await harness.dispose();

  harness = await openEmbeddedHarness();
  await harness.queue.append(STREAM, { lane: '', headers: '{}', body: forged });
  await harness.reopenAfter(async (directory) => {
    const path = await activeSegment(directory);
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0, HEADER_BYTES + 20, HEADER_BYTES + 24));
  });
  expect(harness.warnings).toEqual([expect.stringMatching(RECOVERED)]);
  expect(await harness.queue.read(consumer(), AT_ONCE)).toEqual([]);
});
