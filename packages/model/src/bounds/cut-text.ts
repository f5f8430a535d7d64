import { cutBetweenWords } from '../cut-between-words.ts';
import { cutUtf8 } from './cut-utf8.ts';

/** The beginning of a text, at most `bytesMax` bytes of UTF-8, that ends between words where there is such a place; the text itself when it fits. */
export function cutText(text: string, bytesMax: number): string {
  return cutBetweenWords(text, cutUtf8(text, bytesMax).length);
}
