const encoder = new TextEncoder();

/** The most bytes that one UTF-16 unit takes in UTF-8, on average over a text. */
const BYTES_PER_UNIT_MAX = 3;

/** The longest beginning of a text that takes at most `bytesMax` bytes in UTF-8 and splits no code point; the text itself when it fits. */
export function cutUtf8(text: string, bytesMax: number): string {
  if (
    text.length * BYTES_PER_UNIT_MAX <= bytesMax ||
    (text.length <= bytesMax && Buffer.byteLength(text) <= bytesMax)
  ) {
    return text;
  }
  const { read } = encoder.encodeInto(text.slice(0, bytesMax), new Uint8Array(bytesMax));
  return text.slice(0, read);
}
