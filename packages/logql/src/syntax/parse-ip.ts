import { parseIpRange } from '../pipeline/ip/ip-range.ts';
import { atPosition } from './at-position.ts';
import type { TokenReader } from './token-reader.ts';

/** True when `ip(` comes next. */
export function isIpNext(tokens: TokenReader): boolean {
  return tokens.isNext('ip') && tokens.isNext('(', 1);
}

/** Parses `ip("10.0.0.0/8")`, which is next. */
export function parseIp(tokens: TokenReader): string {
  tokens.take();
  return tokens.inParentheses(() => {
    const { text, position } = tokens.expectText('with an address or a range of them');
    atPosition(position, () => parseIpRange(text));
    return text;
  }, 'after ip');
}
