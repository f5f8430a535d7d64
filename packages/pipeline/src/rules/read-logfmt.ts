import { LogfmtDecoder } from '@aegisguard/logql';

/** The pairs of a text with their values, empty for a key alone, up to the first thing that is none. */
export function* readLogfmt(text: string): Generator<readonly [key: string, value: string]> {
  const decoder = new LogfmtDecoder();
  decoder.begin(text);
  while (!decoder.isAtEnd) {
    if (decoder.next()) {
      yield [decoder.key, decoder.value];
    } else if (decoder.problem !== undefined) {
      return;
    }
  }
}
