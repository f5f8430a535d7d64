import type { ConsumerName } from './driver.ts';

const NAME_LENGTH_MAX = 100;

/** Throws a `TypeError` unless `name` can be that of a stream, a group or a consumer: a programming error, since such names never come from outside. */
export function checkName(what: 'stream' | 'group' | 'consumer', name: string): void {
  if (name === '' || name.length > NAME_LENGTH_MAX) {
    throw new TypeError(`a ${what}'s name must have 1 to ${NAME_LENGTH_MAX} characters`);
  }
}

const LANE = /^[A-Za-z0-9_-]{0,64}$/;

/** Throws a `TypeError` unless `lane` can be a lane: ids of organizations are, and nothing else should be. */
export function checkLane(lane: string): void {
  if (!LANE.test(lane)) {
    throw new TypeError('a lane must have up to 64 characters of [A-Za-z0-9_-]');
  }
}

/** The same for a consumer's three names. */
export function checkConsumer({ stream, group, consumer }: ConsumerName): void {
  checkName('stream', stream);
  checkName('group', group);
  checkName('consumer', consumer);
}
