import { FRAME_HEAD_BYTES, frameHead } from './frame.ts';

// The payload of a frame: JSON length u32 | JSON | body. Letters are numbered; a header's base is the first number that the file may hold.

/** Where a frame lies in its file. */
export interface FramePlace {
  readonly offset: number;
  readonly frameBytes: number;
}

/** The JSON of a frame: a letter, that one is forgotten, or what is left of one that was. */
export type DeadLetterEntry =
  | {
      readonly k: 'dead';
      readonly no: number;
      readonly reason: string;
      readonly at: number;
      readonly headers: string;
      /** Missing in letters of versions without lanes. */
      readonly lane?: string;
      /** The message that it was. */
      readonly group: string;
      readonly seq: number;
    }
  /** With where the letter lies, which versions that did not overwrite it did not say. */
  | ({ readonly k: 'forget'; readonly no: number } & Partial<FramePlace>)
  | { readonly k: 'blank'; readonly no: number };

/** The frame of an entry, in pieces to be written one after the other. */
export function encode(marker: Buffer, entry: DeadLetterEntry, body: Uint8Array): Uint8Array[] {
  const json = Buffer.from(JSON.stringify(entry));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return [frameHead(marker, [length, json, body]), length, json, body];
}

/** A frame of zeros to take a forgotten letter's place, to the byte. A letter's own JSON is always longer than that of this. */
export function encodeBlank(marker: Buffer, no: number, frameBytes: number): Uint8Array[] {
  const entry = { k: 'blank', no } as const;
  const zeros = frameBytes - FRAME_HEAD_BYTES - 4 - JSON.stringify(entry).length;
  return encode(marker, entry, new Uint8Array(zeros));
}

/** Reads the JSON of an intact frame's payload. */
export function decode(payload: Buffer): DeadLetterEntry {
  return JSON.parse(payload.toString('utf8', 4, 4 + payload.readUInt32LE(0))) as DeadLetterEntry;
}
