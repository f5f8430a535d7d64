import type { ConsumerName } from './driver.ts';

const NAME_LENGTH_MAX = 100;

/** Throws a `TypeError` unless `name` can be that of a stream, a group or a consumer: a programming error, since such names never come from outside. */
export function checkName(what: 'stream' | 'group' | 'consumer', name: string): void {
  if (name === '' || name.length > NAME_LENGTH_MAX) {
    throw new TypeError(`a ${what}'s name must have 1 to ${NAME_LENGTH_MAX} characters`);
  }
}

/** The same for a consumer's three names. */
export function checkConsumer({ stream, group, consumer }: ConsumerName): void {
  checkName('stream', stream);
  checkName('group', group);
  checkName('consumer', consumer);
}
