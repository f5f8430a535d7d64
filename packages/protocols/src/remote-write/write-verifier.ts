import { AegisError, normalizeLabels } from '@aegisguard/model';
import { seriesId } from '@aegisguard/model/series-id';
import { checkNativeHistogram } from '../metrics/check-native-histogram.ts';
import { DATA_POINTS_MAX } from '../metrics/metric-limits.ts';
import type { MetricVerdict, MetricVerifyOptions } from '../metrics/metric-verdict.ts';
import { type DataPointKind, MetricVerdictBuilder, TOO_MANY_SERIES } from '../metrics/metric-verdict-builder.ts';
import { SampleWindow } from '../metrics/sample-window.ts';
import type { WireReader } from '../protobuf/wire-reader.ts';
import type { RecordFault } from '../records/record-rejection.ts';
import { isFault, judgeExemplarLabels, judgeSeriesLabels } from './judge-labels.ts';
import type { LabelSet } from './label-set.ts';
import { LabelSetCache } from './label-set-cache.ts';
import { LabelSetParser } from './label-set-parser.ts';
import type { WireHistogram } from './read-histogram.ts';
import type { SeriesScan, WireExemplar, WireSample, WriteHandler } from './walk-write-request.ts';

/** An entry of the table, and an id. */
const ID_BYTES = 70;
/** The same with a fault. */
const FAULT_BYTES = 400;

/** Series ids and faults by label set. */
const verdicts = new LabelSetCache<bigint | RecordFault>(
  { entriesMax: 400_000, bytesMax: 128 * 1024 * 1024 },
  (verdict) => (isFault(verdict) ? FAULT_BYTES : ID_BYTES),
);

/** The gateway's half: finds for each record whether it is accepted. A label set that is known is not looked into. */
export class WriteVerifier implements WriteHandler {
  readonly #verdict: MetricVerdictBuilder;
  readonly #window: SampleWindow;
  readonly #parser = new LabelSetParser();
  #series = 0n;
  /** Whether the series at hand may be active, once that was asked. */
  #isAdmitted: boolean | undefined;
  #metadata = 0;
  readonly #judge = (labels: LabelSet): bigint | RecordFault => {
    const judged = judgeSeriesLabels(labels, this.#parser);
    return isFault(judged) ? judged : seriesId(normalizeLabels(judged));
  };

  constructor(options: MetricVerifyOptions) {
    this.#verdict = new MetricVerdictBuilder(options.seriesGate);
    this.#window = new SampleWindow(options.receivedAtMs, options.retentionDays);
  }

  series(scan: SeriesScan): boolean {
    const verdict = verdicts.get(scan.labels, this.#judge);
    if (isFault(verdict)) {
      for (let record = 0; record < scan.records; record += 1) {
        this.#verdict.reject(verdict);
      }
      return false;
    }
    this.#series = verdict;
    this.#isAdmitted = undefined;
    return true;
  }

  sample({ timestampMs }: WireSample): void {
    this.#decide('samples', timestampMs, undefined);
  }

  histogram({ histogram, isInteger, timestampMs }: WireHistogram): void {
    const problem = checkNativeHistogram(histogram, isInteger);
    const fault: RecordFault | undefined =
      problem === undefined
        ? undefined
        : { path: '', message: `the histogram is not valid: ${problem}`, code: 'invalid' };
    this.#decide('histograms', timestampMs, fault);
  }

  exemplar({ labels, timestampMs }: WireExemplar): void {
    const verdict = judgeExemplarLabels(labels, this.#parser);
    this.#decide('exemplars', timestampMs, isFault(verdict) ? verdict : undefined);
  }

  /** Field by field, so that the worker can read what was accepted. */
  seriesMetadata(reader: WireReader): void {
    reader.skipMessage();
  }

  metadata(reader: WireReader): void {
    reader.skipMessage();
    this.#metadata += 1;
    if (this.#metadata > DATA_POINTS_MAX) {
      throw new AegisError('batch-too-large', {
        detail: `A batch has at most ${DATA_POINTS_MAX} entries of metadata.`,
        members: { limit: DATA_POINTS_MAX },
      });
    }
  }

  finish(): MetricVerdict {
    return this.#verdict.finish();
  }

  #decide(kind: DataPointKind, timestampMs: number, fault: RecordFault | undefined): void {
    const first = fault ?? (this.#window.isTooOld(timestampMs) ? this.#window.tooOld('/timestamp') : undefined);
    if (first !== undefined) {
      this.#verdict.reject(first);
      return;
    }
    this.#isAdmitted ??= this.#verdict.admits(this.#series);
    if (this.#isAdmitted) {
      this.#verdict.accept(kind);
    } else {
      this.#verdict.reject(TOO_MANY_SERIES);
    }
  }
}
