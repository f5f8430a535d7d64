import { AegisError } from '@aegisguard/model';

/** A stream with more labels is refused. */
export const STREAM_LABELS_MAX = 64;

/** A longer label name refuses the stream. Bytes of UTF-8. */
export const STREAM_LABEL_NAME_BYTES_MAX = 1024;

/** A longer label value refuses the stream. Bytes of UTF-8. */
export const STREAM_LABEL_VALUE_BYTES_MAX = 8 * 1024;

/** More entries than this in one push refuse it. An entry may take two bytes there, and hundreds once it is a record; agents send thousands. */
const PUSH_ENTRIES_MAX = 250_000;

/** More streams, entries, times and metadata pairs than this in a protocol buffer body refuse it: eight bytes each in the largest that is accepted by default. */
export const PUSH_MESSAGES_MAX = 8_388_608;

/** What labels may come to when each entry has its own copy: a push says them once a stream, and a row is stored with them. Twice the largest body that is accepted by default. */
const LABELS_REPEATED_MAX = 128 * 1024 * 1024;

/** Adds up what a push will come to, and refuses it when that is too much. */
export class PushSize {
  entries = 0;
  #repeated = 0;

  /** Another entry, whose labels take so many characters. */
  addEntry(labelChars: number): void {
    this.entries += 1;
    if (this.entries > PUSH_ENTRIES_MAX) {
      throw tooLarge(`A push has at most ${PUSH_ENTRIES_MAX} entries.`, PUSH_ENTRIES_MAX);
    }
    this.#repeated += labelChars;
    if (this.#repeated > LABELS_REPEATED_MAX) {
      throw tooLarge(
        `Labels come to more than ${LABELS_REPEATED_MAX} characters when they are repeated for each of their entries; send fewer entries in a push.`,
        LABELS_REPEATED_MAX,
      );
    }
  }
}

function tooLarge(detail: string, limit: number): AegisError {
  return new AegisError('batch-too-large', { detail, members: { limit } });
}
