import type { ConsumerName, Delivery, Message, QueueDriver, ReadOptions } from '../driver.ts';

/** What a driver may lack, each with a reason, shown when the suite skips it. */
type QueueGap =
  /** Messages that a dead process held are claimed at once after a restart, without having been idle. */
  | 'claim-at-once-after-crash'
  /** The age of messages follows the harness's clock. */
  | 'age-follows-clock'
  /** Several processes work on one queue. */
  | 'second-process';

/** A queue of a driver, fresh and alone, that the suite may treat badly. */
export interface QueueHarness {
  /** The queue as it is open now. */
  readonly queue: QueueDriver;
  /** Closes it in order and opens it again. */
  reopen(): Promise<void>;
  /** What a new process finds after this one died. */
  crash(): Promise<void>;
  /** Lets `ms` pass for whoever holds messages, and for receipts. */
  elapse(ms: number): Promise<void>;
  /** Opens the queue a second time, as another process would. */
  openSecond(): Promise<QueueDriver>;
  nowMs(): number;
  /** What the bodies of a stream's dead letters may take. */
  readonly deadBytesMax: number;
  dispose(): Promise<void>;
}

/** A driver that takes the suite. */
export interface QueueUnderTest {
  readonly name: string;
  readonly open: () => Promise<QueueHarness>;
  readonly gaps: Partial<Record<QueueGap, string>>;
  /** Why the whole suite cannot run here. */
  readonly unavailable?: string;
}

/** One case of the suite. */
export interface ConformanceCase {
  readonly title: string;
  readonly needs?: QueueGap;
  readonly run: (harness: QueueHarness) => Promise<void>;
}

/** For harnesses: large enough for the suite's other cases, small enough to be exceeded. */
export const TEST_DEAD_BYTES_MAX = 4_000_000;

export const STREAM = 'logs:raw';

/** A consumer of the suite's stream. */
export function consumer(name = 'c1', group = 'workers', stream = STREAM): ConsumerName {
  return { stream, group, consumer: name };
}

/** A message with a body of text. */
export function message(text: string, lane = ''): Message {
  return { lane, headers: JSON.stringify({ text: text.trimEnd() }), body: new TextEncoder().encode(text) };
}

/** Options of a read that does not wait and has no narrow bounds. */
export const AT_ONCE: ReadOptions = { countMax: 10_000, bytesMax: 1024 ** 3, waitMs: 0 };

/** The bodies as texts, in order. */
export function textsOf(deliveries: readonly Message[]): string[] {
  return deliveries.map(({ body }) => new TextDecoder().decode(body));
}

/** The ids, in order. */
export function idsOf(deliveries: readonly Delivery[]): string[] {
  return deliveries.map(({ id }) => id);
}

/** Appends texts one after the other and gives their ids. */
export async function appendAll(queue: QueueDriver, ...texts: readonly string[]): Promise<string[]> {
  const ids = [];
  for (const text of texts) {
    const appended = await queue.append(STREAM, message(text));
    if ('existing' in appended) {
      throw new Error('an append without receipts cannot meet one');
    }
    ids.push(appended.id);
  }
  return ids;
}

/** Appends messages of a lane that are numbered, and as long as is wanted. */
export async function fill(queue: QueueDriver, lane: string, count: number, bytes = 0): Promise<void> {
  const texts = Array.from({ length: count }, (_, i) => `${lane} ${i}`.padEnd(bytes));
  await Promise.all(texts.map((text) => queue.append(STREAM, message(text, lane))));
}
