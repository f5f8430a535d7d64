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

/** Findings of one detector in one text. All that lies behind so many, up to the last one, goes as one finding: each costs a microsecond, and a text of findings only would cost a hundred times what others do. */
const FINDINGS_MAX = 10_000;

const NO_FINDINGS: readonly Finding[] = [];

/** Shows texts to detectors. One for each scrubber, so that a text without findings makes no garbage. */
export class TextSearch {
  private seen = '';
  private view: EscapeView | undefined;
  private findings: Finding[] = [];
  private one: ActiveDetector | undefined;
  /** Findings of the detector at hand, and where those lie that are too many. */
  private count = 0;
  private restStart = 0;
  private restEnd = 0;

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
        one.detector.find(seen, field, this.report);
        if (this.count > FINDINGS_MAX) {
          this.add(one, this.restStart, this.restEnd);
        }
      }
    }
    this.seen = '';
    this.view = undefined;
    return this.findings.length === 0 ? NO_FINDINGS : this.findings;
  }

  private readonly report: ReportFinding = (start, end) => {
    this.count += 1;
    if (this.count > FINDINGS_MAX) {
      this.restStart = this.count === FINDINGS_MAX + 1 ? start : this.restStart;
      this.restEnd = end;
    } else if (this.one !== undefined) {
      this.add(this.one, start, end);
    }
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
