import type { MetricReader, SeriesSamples } from '@aegisguard/model';
import { checkAsMiddle, checkAtAnyTime } from './check-again.ts';
import { checkEvaluation } from './check-evaluation.ts';
import { LoadedSeries } from './loaded-series.ts';
import { parseScript } from './parse-script.ts';

/** One evaluation of a script. */
export interface ScriptCase {
  /** From 1. */
  readonly line: number;
  readonly query: string;
  /** Throws, with what differs, unless the query gives what the script expects: as it is written, as the middle of a range, and with its time written into it. */
  run(): Promise<void>;
}

/** The evaluations of a script, each with what is loaded by then. Throws for a script that is malformed. */
export function scriptCases(
  text: string,
  openReader: (series: readonly SeriesSamples[]) => MetricReader,
): ScriptCase[] {
  let loaded = new LoadedSeries();
  let reader: MetricReader | undefined;
  const cases: ScriptCase[] = [];
  for (const command of parseScript(text)) {
    if (command.kind === 'clear') {
      loaded = new LoadedSeries();
      reader = undefined;
    } else if (command.kind === 'load') {
      loaded.load(command.stepMs, command.series, command.hasCustomBuckets);
      reader = undefined;
    } else {
      reader ??= openReader(loaded.samples());
      const { line, query } = command;
      const source = reader;
      cases.push({
        line,
        query,
        async run() {
          await checkEvaluation(source, command);
          await checkAsMiddle(source, command);
          await checkAtAnyTime(source, command);
        },
      });
    }
  }
  return cases;
}
