import { invalidQuery } from '@aegisguard/model';
import { isIpPattern } from './ip-pattern.ts';
import { shorten } from './token.ts';
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
    if (!isIpPattern(text)) {
      throw invalidQuery(position, `ip: invalid pattern: ${shorten(text)}`);
    }
    return text;
  }, 'after ip');
}
