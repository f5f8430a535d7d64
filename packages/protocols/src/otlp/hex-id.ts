import type { TextBounds } from '@aegisguard/model';
import { COLUMN_BYTES_MAX } from '../records/record-limits.ts';
import type { IdState } from './otlp-faults.ts';

const HEX = /^[0-9a-f]+$/i;
const ZEROS = /^0*$/;

/** What an id written in hexadecimal digits is. */
export function hexIdState(id: string, bytes: number): IdState {
  if (id === '') {
    return 'absent';
  }
  if (id.length !== bytes * 2 || !HEX.test(id)) {
    return 'malformed';
  }
  return ZEROS.test(id) ? 'zero' : 'valid';
}

/** An id as it is stored: lower case, `''` when it is all zeros, which means that there is none. */
export function storedId(id: string, bounds: TextBounds): string {
  if (id === '' || (id.charCodeAt(0) === 48 && id.length <= COLUMN_BYTES_MAX && ZEROS.test(id))) {
    return '';
  }
  return bounds.bound(id.toLowerCase(), COLUMN_BYTES_MAX);
}
