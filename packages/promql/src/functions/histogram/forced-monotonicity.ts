import type { Annotations } from '../../evaluate/annotations.ts';
import type { ForcedMonotonicity } from '../../histograms/classic-buckets.ts';
import { HISTOGRAM_MESSAGES } from '../../histograms/histogram-messages.ts';
import type { SourceRange } from '../../syntax/ast/source-range.ts';
import { formatGeneral } from '../format-general.ts';

interface Seen extends ForcedMonotonicity {
  readonly samples: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Gathers where counts of classic buckets had to be raised, per metric, to tell it in one sentence each. */
export class ForcedMonotonicities {
  readonly #seen = new Map<string, Seen>();

  /** Notes one histogram at one time. */
  note(metric: string, forced: ForcedMonotonicity, timeMs: number): void {
    const seen = this.#seen.get(metric);
    this.#seen.set(metric, {
      first: Math.min(seen?.first ?? forced.first, forced.first),
      last: Math.max(seen?.last ?? forced.last, forced.last),
      differenceMax: Math.max(seen?.differenceMax ?? 0, forced.differenceMax),
      samples: (seen?.samples ?? 0) + 1,
      firstMs: Math.min(seen?.firstMs ?? timeMs, timeMs),
      lastMs: Math.max(seen?.lastMs ?? timeMs, timeMs),
    });
  }

  /** Tells what was noted. */
  inform(annotations: Annotations, source: SourceRange): void {
    for (const [metric, { first, last, differenceMax, samples, firstMs, lastMs }] of this.#seen) {
      const where = `from buckets ${formatGeneral(first)} to ${formatGeneral(last)}`;
      const size = `with a max diff of ${twoDigits(differenceMax)}`;
      const when = `over ${samples} samples from ${secondsOf(firstMs)} to ${secondsOf(lastMs)}`;
      annotations.inform(`${HISTOGRAM_MESSAGES.forcedMonotonicity(metric)}, ${where}, ${size}, ${when}`, source);
    }
  }
}

/** The time without its fraction. */
function secondsOf(timeMs: number): string {
  return new Date(Math.trunc(timeMs / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}

/** As Go's `%.2g`. */
function twoDigits(value: number): string {
  const [digits = '', power = '0'] = value.toExponential(1).split('e');
  const exponent = Number(power);
  const hasExponent = exponent < -4 || exponent > 1;
  return hasExponent
    ? `${digits.replace('.0', '')}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
    : String(Number(value.toPrecision(2)));
}
