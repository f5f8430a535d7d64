/** What is looked at of long values: it tells as much as the whole. */
const SAMPLE_CHARS = 256;
/** Counts per character code below 128; cleared after use. */
const counts = new Uint16Array(128);

/** Shannon's entropy of the characters of `text` from `start` to `end`, in bits per character. */
export function entropyOf(text: string, start: number, end: number): number {
  const stop = Math.min(end, start + SAMPLE_CHARS);
  const length = stop - start;
  for (let at = start; at < stop; at += 1) {
    const code = text.charCodeAt(at) & 127;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  let sum = 0;
  for (let at = start; at < stop; at += 1) {
    const code = text.charCodeAt(at) & 127;
    const count = counts[code] ?? 0;
    if (count > 0) {
      sum += count * Math.log2(count);
      counts[code] = 0;
    }
  }
  return length === 0 ? 0 : Math.log2(length) - sum / length;
}

/** Random texts of a dozen characters have more; dates, versions and words with a number have less. */
const RANDOM_BITS = 3.5;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const TOKEN = /^[\w+/~.=-]{10,}$/;
/** A part of eight characters without separators in which letters and digits are mixed: names of machines and dates have none that long. */
const MIXED_PART = /(?:^|[-_.=])(?=[a-zA-Z]*\d)(?=\d*[a-zA-Z])[a-zA-Z0-9+/]{8,}/;
const FILE_OR_TIME = /^[/.~]|^\d{4}-\d\d-\d\d|\.[a-z]{2,4}$/;
const HEXADECIMAL = /^[0-9a-f]+$/i;
const THREE_KINDS = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)/;

/** Whether a value under a name that only hints at secrets looks like one made by a machine, and not like a date, path, version, UUID or name. */
export function looksRandom(value: string): boolean {
  return (
    value.length <= SAMPLE_CHARS &&
    TOKEN.test(value) &&
    MIXED_PART.test(value) &&
    !FILE_OR_TIME.test(value) &&
    !UUID.test(value) &&
    entropyOf(value, 0, value.length) >= RANDOM_BITS
  );
}

/** The same where even the name hints at little (`key`): hashes, which keys of caches are, do not do. */
export function looksRandomBeyondHash(value: string): boolean {
  return value.length >= 16 && THREE_KINDS.test(value) && !HEXADECIMAL.test(value) && looksRandom(value);
}
