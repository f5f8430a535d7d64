import type { Detector, Field, ReportFinding } from './detector.ts';
import type { EscapeView } from './escape-view.ts';
import type { Finding } from './findings.ts';

/** A detector that a policy wants. */
export interface ActiveDetector {
  readonly detector: Detector;
  readonly strategy: string;
  /** Of `detectorBit`. */
  readonly bit: number;
  readonly rank: number;
}

/**
 * Findings of one detector in one text: a log of a screenful has a hundredth of it. Behind them the detector is stopped, and what is left of the text goes as one more finding: a text of findings only would cost ten times what
 * others do, since each takes a microsecond or more.
 */
const FINDINGS_MAX = 1000;

/** Ends a detector's work from within its report; made once, since it says nothing. */
class FloodError extends Error {
  override readonly name = 'FloodError';
}
const FLOOD = new FloodError('more findings than a text may have');

const NO_FINDINGS: readonly Finding[] = [];

/** Shows texts to detectors. One for each scrubber, so that a text without findings makes no garbage. */
export class TextSearch {
  private seen = '';
  private view: EscapeView | undefined;
  private findings: Finding[] = [];
  private one: ActiveDetector | undefined;
  /** Findings of the detector at hand. */
  private count = 0;

  /** What is found in a text, whose escapes are decoded in `seen`; detectors with a bit in `off` are left out. */
  run(
    wanted: readonly ActiveDetector[],
    off: number,
    seen: string,
    view: EscapeView | undefined,
    field: Field,
  ): readonly Finding[] {
    this.seen = seen;
    this.view = view;
    if (this.findings.length > 0) {
      this.findings = [];
    }
    for (const one of wanted) {
      if ((off & one.bit) === 0) {
        this.one = one;
        this.count = 0;
        this.find(one, field);
      }
    }
    this.seen = '';
    this.view = undefined;
    return this.findings.length === 0 ? NO_FINDINGS : this.findings;
  }

  private find(one: ActiveDetector, field: Field): void {
    try {
      one.detector.find(this.seen, field, this.report);
    } catch (error) {
      if (error !== FLOOD) {
        throw error;
      }
    }
  }

  private readonly report: ReportFinding = (start, end) => {
    this.count += 1;
    if (this.one === undefined) {
      return;
    }
    if (this.count > FINDINGS_MAX) {
      this.add(this.one, start, this.seen.length);
      throw FLOOD;
    }
    this.add(this.one, start, end);
  };

  private add({ detector, strategy, rank }: ActiveDetector, start: number, end: number): void {
    const { seen, view } = this;
    this.findings.push({
      start: view?.starts[start] ?? start,
      end: view?.starts[end] ?? end,
      detector: detector.name,
      kind: detector.name,
      strategy,
      value: seen.slice(start, end),
      rank,
    });
  }
}
