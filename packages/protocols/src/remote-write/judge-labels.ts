import { LABEL_COUNT_MAX, LABEL_NAME_BYTES_MAX, LABEL_VALUE_BYTES_MAX } from '../metrics/label-limits.ts';
import { checkLabelLimits, checkLabels, labelFault, type SentLabels, tooManyLabels } from '../metrics/label-rules.ts';
import type { RecordFault } from '../records/record-rejection.ts';
import type { LabelProblem, LabelSet } from './label-set.ts';
import type { LabelSetParser } from './label-set-parser.ts';

function problemFault(problem: LabelProblem, labels: SentLabels): RecordFault {
  switch (problem) {
    case 'odd-references':
      return labelFault('invalid', labels, 'has a label name without a value: its references are odd in number');
    case 'unknown-symbol':
      return labelFault('invalid', labels, 'refers to a symbol that the batch does not have');
    case 'name-too-long':
      return labelFault('label-name-too-long', labels, `has a label name of more than ${LABEL_NAME_BYTES_MAX} bytes`);
    case 'value-too-long':
      return labelFault('label-value-too-long', labels, `has a label of more than ${LABEL_VALUE_BYTES_MAX} bytes`);
  }
}

function judge(
  set: LabelSet,
  parser: LabelSetParser,
  check: (labels: SentLabels) => RecordFault | undefined,
): SentLabels | RecordFault {
  const { labels, areUtf8 } = parser.parse(set, LABEL_COUNT_MAX);
  if (set.count > LABEL_COUNT_MAX) {
    return tooManyLabels(labels, set.count);
  }
  if (set.problem !== undefined) {
    return problemFault(set.problem, labels);
  }
  const fault = areUtf8 ? check(labels) : labelFault('invalid', labels, 'has a label that is not UTF-8');
  return fault ?? labels;
}

/** A series' labels as they were sent, or what is wrong with them. Senders must sort labels, but Prometheus takes them in any order, and so do its compliance tests' requests come. */
export function judgeSeriesLabels(set: LabelSet, parser: LabelSetParser): SentLabels | RecordFault {
  return judge(set, parser, checkLabels);
}

/** An exemplar's labels, which may be none and in any order, or what is wrong with them. */
export function judgeExemplarLabels(set: LabelSet, parser: LabelSetParser): SentLabels | RecordFault {
  return judge(set, parser, checkLabelLimits);
}

/** Tells the two answers apart. */
export function isFault(verdict: SentLabels | RecordFault | bigint): verdict is RecordFault {
  return typeof verdict === 'object' && 'code' in verdict;
}
