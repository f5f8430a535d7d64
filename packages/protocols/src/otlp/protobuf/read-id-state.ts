import type { WireReader } from '../../protobuf/wire-reader.ts';
import type { IdState } from '../otlp-faults.ts';

/** What the id is that comes next, which should have so many bytes. */
export function readIdState(reader: WireReader, bytes: number): IdState {
  const length = reader.skipDelimited();
  if (length === 0) {
    return 'absent';
  }
  if (length !== bytes) {
    return 'malformed';
  }
  for (let at = reader.pos - length; at < reader.pos; at += 1) {
    if (reader.buf[at] !== 0) {
      return 'valid';
    }
  }
  return 'zero';
}
