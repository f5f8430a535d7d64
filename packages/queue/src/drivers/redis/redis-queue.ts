import { AegisError } from '@aegisguard/model';
import { CallGate } from '../../call-gate.ts';
import { checkConsumer, checkLane, checkName } from '../../check-name.ts';
import {
  type Appended,
  CLAIM_BYTES_MAX,
  type ConsumerName,
  DEAD_BYTES_MAX,
  DEAD_MS_MAX,
  type DeadLetter,
  type Delivery,
  type ForgottenLane,
  type LaneStats,
  type Message,
  type MessageId,
  type QueueDriver,
  type QueueStats,
  type ReadOptions,
  type Receipt,
  type StreamTotals,
} from '../../driver.ts';
import type { QueueLogger } from '../../queue-logger.ts';
import { noteDropped, TotalCounters } from '../../total-counters.ts';
import { checkServer } from './check-server.ts';
import { isReply, RedisConnection } from './redis-connection.ts';
import type { RedisScript } from './redis-script.ts';
import { LOAD_OF_A_MESSAGE } from './script-parts.ts';
import {
  ACK,
  APPEND,
  BURY,
  CLAIM,
  CREATE_GROUP,
  DISCARD,
  EXPIRE,
  FORGET_LANE,
  LANE_STATS,
  LEAVE,
  READ,
  REMEMBER,
  REPLAY,
  STATS,
} from './scripts.ts';
import { WaitingReaders } from './waiting-readers.ts';

const RETRY_AFTER_SECONDS = 5;
/** What one script may forget: it keeps everybody else waiting. */
const FORGET_AT_ONCE = 1000;
const CONSUMER_IDLE_MS_MAX = 24 * 3_600_000;

/** How to open a queue on a Redis server. */
export interface RedisQueueOptions {
  /** `redis[s]://[[user][:password]@][host][:port][/database]`. */
  readonly url: string;
  readonly logger: QueueLogger;
  /** Put before every key; default: none. */
  readonly keyPrefix?: string;
  /** How many bytes of bodies the dead letters of a stream may have before the oldest are dropped; default: 1 GiB, which Redis holds in memory. */
  readonly deadBytesMax?: number;
  /** How long a dead letter is kept; default: 30 days. */
  readonly deadMsMax?: number;
  /** After how long a consumer that holds nothing is forgotten; default: a day. */
  readonly consumerIdleMsMax?: number;
}

/** The queue on Redis Streams; see `openRedisQueue`. */
export class RedisQueue implements QueueDriver {
  private readonly options: RedisQueueOptions;
  private readonly prefix: string;
  private readonly connection: RedisConnection;
  private readonly readers: WaitingReaders;
  private readonly counters = new TotalCounters();
  private readonly gate = new CallGate();
  /** Whom this process has read or claimed as, by their names joined. */
  private readonly consumers = new Map<string, ConsumerName>();

  private constructor(options: RedisQueueOptions, connection: RedisConnection) {
    const { keyPrefix, url, logger } = options;
    this.options = options;
    this.prefix = keyPrefix ?? '';
    this.connection = connection;
    this.readers = new WaitingReaders(connection, () => RedisConnection.open({ url, logger, reconnect: false }));
  }

  static async open(options: RedisQueueOptions): Promise<RedisQueue> {
    const { url, logger } = options;
    const connection = await RedisConnection.open({ url, logger, reconnect: true }).catch((error: unknown) => {
      throw serverError(error);
    });
    await checkServer(connection, logger);
    return new RedisQueue(options, connection);
  }

  append(stream: string, message: Message, receipts: readonly Receipt[] = []): Promise<Appended> {
    checkName('stream', stream);
    checkLane(message.lane);
    return this.guarded(async () => {
      const { key, lengths, meter } = this.keysOf(stream);
      const keys = [key, lengths, meter, ...receipts.map((receipt) => this.receiptKey(receipt.key))];
      const args = [message.headers, bufferOver(message.body), message.lane, ...receipts.flatMap(receiptArgs)];
      const reply = await this.connection.script<Buffer | readonly [Buffer]>(APPEND, keys, args);
      if (!Buffer.isBuffer(reply)) {
        return { existing: JSON.parse(reply[0].toString()) as Receipt };
      }
      this.counters.add(stream, 'appended');
      this.counters.add(stream, 'appendedBytes', message.body.byteLength);
      return { id: reply.toString() };
    });
  }

  remember(receipts: readonly Receipt[]): Promise<void> {
    return this.guarded(async () => {
      const keys = receipts.map((receipt) => this.receiptKey(receipt.key));
      await this.connection.script<number>(REMEMBER, keys, receipts.flatMap(receiptArgs));
    });
  }

  findReceipt(key: string): Promise<Receipt | undefined> {
    return this.guarded(async () => {
      const json = await this.connection.command<Buffer | null>(['GET', this.receiptKey(key)]);
      return json === null ? undefined : (JSON.parse(json.toString()) as Receipt);
    });
  }

  read(who: ConsumerName, options: ReadOptions): Promise<readonly Delivery[]> {
    checkConsumer(who);
    const { countMax, bytesMax, waitMs, signal } = options;
    return this.guarded(async () => {
      const deadline = performance.now() + waitMs;
      let deliveries: Delivery[] = [];
      while (!(signal?.aborted || this.gate.isClosed)) {
        deliveries = await this.readReady(who, countMax, bytesMax);
        const leftMs = deadline - performance.now();
        if (deliveries.length > 0 || leftMs <= 0) {
          break;
        }
        const key = `${this.keysOf(who.stream).key}:wake:${who.group}`;
        await this.readers.wait({ key, waitMs: leftMs, signal });
      }
      this.counters.add(who.stream, 'delivered', deliveries.length);
      return deliveries;
    });
  }

  claim(who: ConsumerName, idleMs: number, countMax: number, bytesMax = CLAIM_BYTES_MAX): Promise<readonly Delivery[]> {
    checkConsumer(who);
    return this.guarded(async () => {
      const { key, lengths, meter, dead, bodies } = this.keysOf(who.stream);
      const args = [who.group, who.consumer, String(Math.trunc(idleMs)), String(countMax), String(bytesMax)];
      args.push(String(this.options.consumerIdleMsMax ?? CONSUMER_IDLE_MS_MAX), this.deadMsMax);
      const keys = [key, lengths, meter, dead, bodies];
      const [entries, dropped] = await this.asConsumer<[ScriptEntry[], number]>(who, CLAIM, keys, args);
      this.noteDropped(who.stream, dropped);
      this.counters.add(who.stream, 'redelivered', entries.length);
      return entries.map(deliveryOf);
    });
  }

  ack(who: ConsumerName, ids: readonly MessageId[]): Promise<void> {
    checkConsumer(who);
    return this.guarded(async () => {
      const known = ids.filter(isMessageId);
      if (known.length > 0) {
        const { key, lengths, meter } = this.keysOf(who.stream);
        const count = await this.connection.script<number>(ACK, [key, lengths, meter], [who.group, ...known]);
        this.counters.add(who.stream, 'acknowledged', count);
      }
    });
  }

  bury(who: ConsumerName, id: MessageId, reason: string): Promise<void> {
    checkConsumer(who);
    return this.guarded(async () => {
      if (isMessageId(id)) {
        const { key, lengths, meter, dead, bodies } = this.keysOf(who.stream);
        const keys = [key, lengths, meter, dead, bodies];
        const args = [who.group, id, reason, String(this.options.deadBytesMax ?? DEAD_BYTES_MAX), this.deadMsMax];
        const [count = 0, dropped = 0] = await this.connection.script<readonly number[]>(BURY, keys, args);
        this.counters.add(who.stream, 'buried', count);
        this.noteDropped(who.stream, dropped);
      }
    });
  }

  deadLetters(stream: string, limit: number, after?: MessageId): Promise<readonly DeadLetter[]> {
    return this.guarded(async () => {
      const { dead } = this.keysOf(stream);
      if (after !== undefined && !isMessageId(after)) {
        throw new AegisError('invalid-cursor', { detail: 'The cursor names no dead letter.' });
      }
      await this.dropOldLetters(stream);
      const args = ['XRANGE', dead, after === undefined ? '-' : `(${after}`, '+', 'COUNT', String(limit)];
      const entries = await this.connection.command<readonly StreamEntry[]>(args);
      return entries.map(deadLetterOf);
    });
  }

  deadLetter(stream: string, id: MessageId): Promise<DeadLetter | undefined> {
    return this.guarded(async () => {
      if (!isMessageId(id)) {
        return undefined;
      }
      await this.dropOldLetters(stream);
      const args = ['XRANGE', this.keysOf(stream).dead, id, id];
      const [entry] = await this.connection.command<readonly StreamEntry[]>(args);
      return entry && deadLetterOf(entry);
    });
  }

  replay(stream: string, id: MessageId): Promise<boolean> {
    return this.guarded(async () => {
      const { key, lengths, meter, dead, bodies } = this.keysOf(stream);
      const keys = [key, lengths, meter, dead, bodies];
      const replayed = isMessageId(id) && (await this.connection.script<number>(REPLAY, keys, [id])) === 1;
      this.counters.add(stream, 'replayed', replayed ? 1 : 0);
      return replayed;
    });
  }

  discard(stream: string, id: MessageId): Promise<boolean> {
    return this.guarded(async () => {
      const { meter, dead, bodies } = this.keysOf(stream);
      const keys = [meter, dead, bodies];
      const discarded = isMessageId(id) && (await this.connection.script<number>(DISCARD, keys, [id])) === 1;
      this.counters.add(stream, 'discarded', discarded ? 1 : 0);
      return discarded;
    });
  }

  stats(stream: string, group: string): Promise<QueueStats> {
    return this.guarded(async () => {
      const { key, meter, dead: deadKey } = this.keysOf(stream);
      const reply = await this.connection.script<readonly number[]>(STATS, [key, meter, deadKey], [group]);
      const [depth = 0, bytes = 0, pending = 0, oldestMs = -1, dead = 0, nowMs = 0] = reply;
      return { depth, bytes, pending, oldestAgeMs: ageOf(oldestMs, nowMs), dead };
    });
  }

  laneStats(stream: string, group: string, lane: string): Promise<LaneStats> {
    checkLane(lane);
    return this.guarded(async () => {
      const { key } = this.keysOf(stream);
      const reply = await this.connection.script<readonly [Buffer, number, number]>(LANE_STATS, [key], [group, lane]);
      const [loadText, oldestMs, nowMs] = reply;
      const load = BigInt(loadText.toString());
      const messageLoad = BigInt(LOAD_OF_A_MESSAGE);
      const [depth, bytes] = [Number(load / messageLoad), Number(load % messageLoad)];
      return { depth, bytes, oldestAgeMs: ageOf(oldestMs, nowMs) };
    });
  }

  forgetLane(stream: string, group: string, lane: string): Promise<ForgottenLane> {
    checkName('stream', stream);
    checkName('group', group);
    checkLane(lane);
    return this.guarded(async () => {
      const { key, lengths, meter, dead, bodies } = this.keysOf(stream);
      const keys = [key, lengths, meter, dead, bodies];
      let forgotten: ForgottenLane = { messages: 0, deadLetters: 0 };
      for (let isMore = true; isMore; ) {
        const args = [group, lane, String(FORGET_AT_ONCE)];
        const reply = await this.inGroup<readonly number[]>(stream, group, FORGET_LANE, keys, args);
        const [messages = 0, deadLetters = 0, more] = reply;
        this.counters.add(stream, 'acknowledged', messages);
        this.counters.add(stream, 'discarded', deadLetters);
        forgotten = {
          messages: forgotten.messages + messages,
          deadLetters: forgotten.deadLetters + deadLetters,
        };
        isMore = more === 1;
      }
      return forgotten;
    });
  }

  totals(): readonly StreamTotals[] {
    return this.counters.list();
  }

  ping(): Promise<void> {
    return this.guarded(async () => {
      await this.connection.command(['PING']);
    });
  }

  async close(): Promise<void> {
    if (await this.gate.close(() => this.readers.stop())) {
      await this.readers.close();
      await this.leave();
      await this.connection.close();
    }
  }

  /** Lest every process that ever ran stays in the groups' lists. One that cannot say goodbye is found by a claim, later. */
  private async leave(): Promise<void> {
    const leaving = [...this.consumers.values()].map(({ stream, group, consumer }) =>
      this.connection.script<number>(LEAVE, [this.keysOf(stream).key], [group, consumer]),
    );
    await Promise.allSettled(leaving);
  }

  /** What can be had without waiting. */
  private async readReady(who: ConsumerName, countMax: number, bytesMax: number): Promise<Delivery[]> {
    const { key, lengths, meter } = this.keysOf(who.stream);
    const args = [who.group, who.consumer, String(countMax), String(bytesMax)];
    const entries = await this.asConsumer<ScriptEntry[]>(who, READ, [key, lengths, meter], args);
    return entries.map(deliveryOf);
  }

  private get deadMsMax(): string {
    return String(Math.trunc(this.options.deadMsMax ?? DEAD_MS_MAX));
  }

  private async dropOldLetters(stream: string): Promise<void> {
    const { meter, dead, bodies } = this.keysOf(stream);
    this.noteDropped(stream, await this.connection.script<number>(EXPIRE, [meter, dead, bodies], [this.deadMsMax]));
  }

  private noteDropped(stream: string, dropped: number): void {
    noteDropped(this.options.logger, this.counters, stream, dropped);
  }

  /** Runs a script that gives messages to a consumer. */
  private asConsumer<T>(who: ConsumerName, script: RedisScript, keys: string[], args: string[]): Promise<T> {
    this.consumers.set(JSON.stringify([who.stream, who.group, who.consumer]), who);
    return this.inGroup(who.stream, who.group, script, keys, args);
  }

  /** Runs a script that needs the group, which is made when it is missing. */
  private async inGroup<T>(
    stream: string,
    group: string,
    script: RedisScript,
    keys: string[],
    args: string[],
  ): Promise<T> {
    try {
      return await this.connection.script<T>(script, keys, args);
    } catch (error) {
      if (!isReply(error, 'NOGROUP')) {
        throw error;
      }
      const { key, lengths, meter } = this.keysOf(stream);
      await this.connection.script(CREATE_GROUP, [key, lengths, meter], [group]);
      return this.connection.script<T>(script, keys, args);
    }
  }

  private keysOf(stream: string) {
    const key = `${this.prefix}${stream}`;
    return { key, dead: `${key}:dead`, bodies: `${key}:dead:bodies`, lengths: `${key}:lengths`, meter: `${key}:meter` };
  }

  private receiptKey(key: string): string {
    return `${this.prefix}receipt:${key}`;
  }

  private guarded<T>(work: () => Promise<T>): Promise<T> {
    return this.gate.run(work, serverError);
  }
}

type ScriptEntry = readonly [id: Buffer, headers: Buffer, body: Buffer, deliveryCount: number, lane: Buffer];

/** One entry of a stream as Redis gives it. */
type StreamEntry = readonly [id: Buffer, fields: readonly Buffer[]];

function deliveryOf([id, headers, body, deliveryCount, lane]: ScriptEntry): Delivery {
  const text = id.toString();
  return {
    id: text,
    lane: lane.toString(),
    headers: headers.toString(),
    body: new Uint8Array(body),
    appendedAtMs: msOf(text),
    deliveryCount,
  };
}

function deadLetterOf([id, fields]: StreamEntry): DeadLetter {
  const text = id.toString();
  return {
    id: text,
    headers: fields[1]?.toString() ?? '',
    reason: fields[3]?.toString() ?? '',
    bodyBytes: Number(fields[5] ?? 0),
    deadAtMs: msOf(text),
  };
}

/** Whether Redis may have made it: it takes no larger numbers, nor a range that begins behind the largest. */
function isMessageId(id: string): boolean {
  return /^\d{1,19}-\d{1,19}$/.test(id) && id.split('-').every((part) => BigInt(part) < 2n ** 63n);
}

/** A receipt as scripts take it, with the time at which Redis forgets it. */
function receiptArgs(receipt: Receipt): [string, string] {
  return [JSON.stringify(receipt), String(Math.max(1, Math.trunc(receipt.expiresAtMs)))];
}

/** Scripts give the time of nothing as -1. */
function ageOf(oldestMs: number, nowMs: number): number {
  return oldestMs < 0 ? 0 : Math.max(0, nowMs - oldestMs);
}

/** A stream's ids begin with the server's unix ms. */
function msOf(id: string): number {
  return Number(id.slice(0, id.indexOf('-')));
}

function bufferOver(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whatever goes wrong with the server is something that passes, for those who call. */
function serverError(cause: unknown): AegisError {
  const internal = `the queue's Redis: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new AegisError('unavailable', { internal, cause, retryAfterSeconds: RETRY_AFTER_SECONDS });
}
