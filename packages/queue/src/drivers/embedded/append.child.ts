// Run by tests as a process of its own: appends to a queue and says on the standard output which appends were acknowledged.
//
//   append.child.ts <directory> <life> [count]
//
// Without a count it goes on until it is killed. Every third message has a receipt, every fifth is large.
import type { ConsumerName } from '../../driver.ts';
import { openEmbeddedQueue } from './embedded-queue.ts';

const [, , directory = '', life = '0', countText] = process.argv;
const count = countText === undefined ? Number.POSITIVE_INFINITY : Number(countText);
const SEGMENT_BYTES = 256 * 1024;
const APPENDERS = 8;

const who: ConsumerName = { stream: 'logs:raw', group: 'workers', consumer: `life ${life}` };
const queue = await openEmbeddedQueue({
  directory,
  segmentBytesMax: SEGMENT_BYTES,
  logger: { info: () => undefined, warn: (_, text) => process.stdout.write(`warning ${text}\n`) },
});
let next = 0;

/** Appends until there are `count`. */
async function append(): Promise<void> {
  while (next < count) {
    const name = `${life}:${next}`;
    const body = Buffer.alloc(next % 5 === 0 ? 30_000 : 100, name);
    const receipt = { key: name, fingerprint: name, response: name, expiresAtMs: Date.now() + 3_600_000 };
    const receipts = next % 3 === 0 ? [receipt] : [];
    next += 1;
    await queue.append(who.stream, { lane: '', headers: name, body }, receipts);
    process.stdout.write(`appended ${name}\n`);
  }
}

/** Acknowledges half of what it reads, so that the kill finds a group at work. */
async function consume(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const deliveries = await queue.read(who, { countMax: 10, bytesMax: 100_000, waitMs: 1000, signal });
    const done = deliveries.filter((_, index) => index % 2 === 0);
    // Said before: an acknowledgement that is lost in the kill only means redelivery, one that is kept must not surprise.
    // So it must have left this process: a reader that is slow leaves what is written in our memory.
    await new Promise((resolve) => {
      process.stdout.write(done.map(({ headers }) => `acknowledging ${headers}\n`).join(''), resolve);
    });
    await queue.ack(
      who,
      done.map(({ id }) => id),
    );
  }
}

const stop = new AbortController();
const consuming = countText === undefined ? consume(stop.signal) : Promise.resolve();
await Promise.all(Array.from({ length: APPENDERS }, append));
stop.abort();
await consuming;
await queue.close();
