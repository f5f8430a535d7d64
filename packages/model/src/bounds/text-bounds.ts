import { cutText } from './cut-text.ts';

/**
 * Brings the texts of one batch within their limits. One per batch, because it knows whether the batch can hold a lone surrogate at all: only an escape in the JSON
 * can make one, so a batch without such escapes is spared the look.
 */
export class TextBounds {
  /** Set as soon as a text of the record at hand was cut; whoever builds the record resets it. */
  truncated = false;
  /** True when the batch may hold lone surrogates, which UTF-8 cannot say: each becomes U+FFFD. */
  readonly repairs: boolean;

  /** Without the batch's text there may be some. */
  constructor(batchText?: string) {
    this.repairs = batchText === undefined || batchText.includes('\\ud') || batchText.includes('\\uD');
  }

  /** The text made well formed and cut to `bytesMax` bytes of UTF-8. */
  bound(text: string, bytesMax: number): string {
    // Three bytes a UTF-16 unit is the most: a shorter text fits without being measured.
    if (text.length * 3 <= bytesMax && !this.repairs) {
      return text;
    }
    const wellFormed = this.repairs ? text.toWellFormed() : text;
    const cut = cutText(wellFormed, bytesMax);
    this.truncated ||= cut.length < wellFormed.length;
    return cut;
  }
}
