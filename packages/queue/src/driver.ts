/** Names one message of a stream for good; opaque, and ordered as the stream is when compared by the driver that made it. */
export type MessageId = string;

/** What a producer hands over: a small header text (JSON of the caller's) and the bytes. */
export interface Message {
  /**
   * Whose message it is: an organization's id. Lanes take turns, so that what waits in one delays nothing in another; within a lane messages come in the order of their appends.
   * Up to 64 characters of `[A-Za-z0-9_-]`; '' is a lane like any other.
   */
  readonly lane: string;
  readonly headers: string;
  readonly body: Uint8Array;
}

/**
 * The answer kept for a repeated request. It is written with the message, as one act: there is no moment, crash included, at which the message is in the queue and the
 * receipt is not, or the other way round, that a later start does not mend.
 */
export interface Receipt {
  /** Names the request: unique per organization and route; ≤ 512 characters. */
  readonly key: string;
  /** Digest of the body, so that the same key with another body is noticed. */
  readonly fingerprint: string;
  /** The answer to give again. */
  readonly response: string;
  /** Unix ms after which it is forgotten. */
  readonly expiresAtMs: number;
}

/** What became of an append: the new message's id, or the receipt that stood in its way. */
export type Appended = { readonly id: MessageId } | { readonly existing: Receipt };

/** A message given to one consumer of a group. The body's ArrayBuffer holds nothing else, so the receiver may transfer it to a thread. */
export interface Delivery extends Message {
  readonly id: MessageId;
  /** Unix ms of the append. */
  readonly appendedAtMs: number;
  /**
   * 1 only when nobody can have had the message before; more means that the work may be done already, wholly or in part. So it is at least 2 for a dead letter that was replayed, and
   * wherever a driver cannot be sure after a restart.
   */
  readonly deliveryCount: number;
}

/** A message that was given up on. Its body stays where it is: listing letters must not bring what may be gigabytes into memory. */
export interface DeadLetter {
  /** Names the dead letter, not the message that it was: two groups may bury the same message. */
  readonly id: MessageId;
  readonly headers: string;
  readonly bodyBytes: number;
  readonly reason: string;
  readonly deadAtMs: number;
}

/** How full a stream is, for back-pressure and metrics. Acknowledged messages do not count. */
export interface QueueStats {
  /** Messages appended and not yet acknowledged, whether delivered or not. */
  readonly depth: number;
  /** Their bodies' bytes. */
  readonly bytes: number;
  /** Of them, delivered and not acknowledged. */
  readonly pending: number;
  /** Age of the oldest of them in ms, 0 when there is none. */
  readonly oldestAgeMs: number;
  /** Dead letters kept. */
  readonly dead: number;
}

/** What one lane of a stream has, for back-pressure. */
export interface LaneStats {
  /** Its messages that are not yet acknowledged, whether delivered or not. */
  readonly depth: number;
  /** Their bodies' bytes. */
  readonly bytes: number;
  /** Age in ms of the oldest of them that was never delivered, 0 when there is none: one that fails again and again says nothing of how far behind its lane is. */
  readonly oldestAgeMs: number;
}

/** What was forgotten of a lane. */
export interface ForgottenLane {
  /** Messages that waited or were held by a consumer; one for each group that had it. */
  readonly messages: number;
  /** Dead letters of any group. */
  readonly deadLetters: number;
}

/** What went through a stream in this process since the driver was opened: counters for metrics. */
export interface StreamTotals {
  readonly stream: string;
  readonly appended: number;
  readonly appendedBytes: number;
  /** Deliveries by `read`. */
  readonly delivered: number;
  /** Deliveries by `claim`. */
  readonly redelivered: number;
  readonly acknowledged: number;
  readonly buried: number;
  readonly replayed: number;
  readonly discarded: number;
  /** Dead letters given up, oldest first, because there were too many bytes of them or they were too old. */
  readonly dropped: number;
}

/** What one read may take. */
export interface ReadOptions {
  readonly countMax: number;
  readonly bytesMax: number;
  /** How long to wait for the first message; 0 returns at once. Waiting ends early, with nothing, when `signal` is aborted or the queue is closed. */
  readonly waitMs: number;
  readonly signal?: AbortSignal;
}

/** How many bytes of bodies a stream's dead letters may have when its driver is not told. */
export const DEAD_BYTES_MAX = 1024 ** 3;

/** How long a dead letter is kept when its driver is not told: 30 days. It has what a client sent, unscrubbed. */
export const DEAD_MS_MAX = 30 * 24 * 3_600_000;

/** What `claim` brings at most when its caller does not say. */
export const CLAIM_BYTES_MAX = 32 * 1024 ** 2;

/** Identifies a reader: a group sees every message once, shared among its consumers. */
export interface ConsumerName {
  readonly stream: string;
  readonly group: string;
  readonly consumer: string;
}

/**
 * A durable queue of streams with consumer groups. At-least-once: a message is delivered until it is acknowledged or dead.
 * Drivers must pass `conformance/`. Errors: a driver that cannot take or give messages (disk full, server gone) throws `AegisError` `unavailable`.
 */
export interface QueueDriver {
  /**
   * Resolves only when the message and its receipts will survive a kill of every process of ours. There may be two receipts: one under the client's idempotency key and one
   * under the request's signature (a replay may strip the header, which is not signed). If an unexpired receipt stands under one of their keys already, nothing is appended and
   * that receipt is the answer: two gateways given the same request at once store it once.
   */
  append(stream: string, message: Message, receipts?: readonly Receipt[]): Promise<Appended>;
  /** The receipt under `key`, if it has not expired. */
  findReceipt(key: string): Promise<Receipt | undefined>;
  /** Keeps receipts without a message, as durably as `append` does. One that stands under its key already, unexpired, is left as it is. */
  remember(receipts: readonly Receipt[]): Promise<void>;
  /**
   * New messages. Lanes that have some share what is read evenly, by bytes, however much waits in each of them (docs/adr/0011-fair-queue.md); within a lane the oldest comes first. May
   * exceed `bytesMax` by one message. A group that does not exist is made at the stream's beginning: it is given everything that is not
   * yet acknowledged by all the other groups.
   */
  read(who: ConsumerName, options: ReadOptions): Promise<readonly Delivery[]>;
  /**
   * Takes over messages that another consumer (or this one, before a restart) has held for `idleMs` without acknowledging. `bytesMax` bounds the bodies as in `read`; by
   * default `CLAIM_BYTES_MAX`, because what a dead worker held may be everything that it could hold. Lanes take turns here, too, among the thousands that were held longest.
   */
  claim(who: ConsumerName, idleMs: number, countMax: number, bytesMax?: number): Promise<readonly Delivery[]>;
  /** Done with: never delivered again to the group. Unknown ids are ignored. */
  ack(who: ConsumerName, ids: readonly MessageId[]): Promise<void>;
  /**
   * Moves a delivered message to the dead letters, with the reason, and acknowledges it. An id that is not delivered to the group and unacknowledged is ignored. When the bodies of a
   * stream's letters then exceed the driver's `deadBytesMax`, the oldest letters are dropped, with a warning; the new one is kept whatever its size. Letters older than `deadMsMax` are dropped, too.
   */
  bury(who: ConsumerName, id: MessageId, reason: string): Promise<void>;
  /** Dead letters of a stream, oldest first, after the given one; `AegisError` `invalid-cursor` when `after` is no id of the driver's form. */
  deadLetters(stream: string, limit: number, after?: MessageId): Promise<readonly DeadLetter[]>;
  /** One dead letter, at little cost; undefined when there is none of that id. */
  deadLetter(stream: string, id: MessageId): Promise<DeadLetter | undefined>;
  /**
   * Appends the dead letter to its stream again, to be delivered with a `deliveryCount` of at least 2, and forgets it; false when there is none of that id. A crash or a failure in the
   * midst of it may leave both the letter and the message, never neither; replaying it again then only means work that is found done.
   */
  replay(stream: string, id: MessageId): Promise<boolean>;
  /** Forgets a dead letter; false when there is none of that id. */
  discard(stream: string, id: MessageId): Promise<boolean>;
  /** For a group that does not exist: what it would find. */
  stats(stream: string, group: string): Promise<QueueStats>;
  /**
   * What a lane has, at little cost: it is counted as messages come and go. A driver that has to look first at what was there when it was opened takes up to a second for that once. For a group
   * that does not exist: nothing.
   */
  laneStats(stream: string, group: string, lane: string): Promise<LaneStats>;
  /**
   * Acknowledges for every group what a lane has, whether delivered or not, and forgets its dead letters: their bodies leave the disk as those of acknowledged messages and of discarded letters
   * do. The group is made if it does not exist. What is appended meanwhile may stay; calling it again does no harm. A letter that a version without lanes buried has none and stays.
   */
  forgetLane(stream: string, group: string, lane: string): Promise<ForgottenLane>;
  /** Counters of every stream used since the driver was opened. */
  totals(): readonly StreamTotals[];
  /** Throws when the queue cannot take messages now. */
  ping(): Promise<void>;
  /** Waits for appends under way, then lets go of everything. */
  close(): Promise<void>;
}
