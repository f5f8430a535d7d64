import { createHash } from 'node:crypto';

/** A Lua script and the name that Redis knows it by. */
export interface RedisScript {
  readonly source: string;
  readonly sha: string;
}

/** Makes a script of its parts. */
export function createScript(...parts: readonly string[]): RedisScript {
  const source = parts.join('\n');
  return { source, sha: createHash('sha1').update(source).digest('hex') };
}
