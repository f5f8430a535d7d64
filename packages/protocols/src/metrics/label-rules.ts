// https://prometheus.io/docs/concepts/data_model/ as of Prometheus 3: names may be any UTF-8.
import { METRIC_NAME } from '@aegisguard/model';
import { quoteInput, type RecordFault, type RejectionCode } from '../records/record-rejection.ts';
import { LABEL_COUNT_MAX, LABEL_NAME_BYTES_MAX, LABEL_VALUE_BYTES_MAX, METRIC_NAME_BYTES_MAX } from './label-limits.ts';

/** Labels as they were sent: in any order, perhaps with empty values or the same name twice. */
export type SentLabels = readonly (readonly [name: string, value: string])[];

const BYTES_PER_UNIT_MAX = 3;

function isLonger(text: string, bytesMax: number): boolean {
  return text.length * BYTES_PER_UNIT_MAX > bytesMax && Buffer.byteLength(text) > bytesMax;
}

function metricOf(labels: SentLabels): string {
  const name = labels.find(([label]) => label === METRIC_NAME)?.[1] ?? '';
  return name === '' ? 'a series' : `a series of ${quoteInput(name)}`;
}

/** A fault of labels; the message begins with the metric, so that its owner is found. */
export function labelFault(code: RejectionCode, labels: SentLabels, problem: string): RecordFault {
  return { path: '/labels', message: `${metricOf(labels)} ${problem}`, code };
}

/** The fault of a series with too many labels. */
export function tooManyLabels(labels: SentLabels, count: number): RecordFault {
  return labelFault('too-many-labels', labels, `has ${count} labels; ${LABEL_COUNT_MAX} are allowed`);
}

/** The fault of a label that is too long, if it is. */
function checkLabelLength(labels: SentLabels, name: string, value: string): RecordFault | undefined {
  if (isLonger(name, LABEL_NAME_BYTES_MAX)) {
    const problem = `has the label name ${quoteInput(name)} of more than ${LABEL_NAME_BYTES_MAX} bytes`;
    return labelFault('label-name-too-long', labels, problem);
  }
  if (name === METRIC_NAME) {
    return isLonger(value, METRIC_NAME_BYTES_MAX)
      ? labelFault('metric-name-too-long', labels, `has a metric name of more than ${METRIC_NAME_BYTES_MAX} bytes`)
      : undefined;
  }
  if (isLonger(value, LABEL_VALUE_BYTES_MAX)) {
    const problem = `has a value of more than ${LABEL_VALUE_BYTES_MAX} bytes in the label ${quoteInput(name)}`;
    return labelFault('label-value-too-long', labels, problem);
  }
  return undefined;
}

/** What is wrong with labels of an exemplar, which need no metric name, or with those of a series but for that. */
export function checkLabelLimits(labels: SentLabels): RecordFault | undefined {
  if (labels.length > LABEL_COUNT_MAX) {
    return tooManyLabels(labels, labels.length);
  }
  const names = new Set<string>();
  for (const [name, value] of labels) {
    if (name === '') {
      return labelFault('invalid', labels, 'has a label without a name');
    }
    if (names.has(name)) {
      return labelFault('invalid', labels, `has the label ${quoteInput(name)} twice`);
    }
    names.add(name);
    const tooLong = checkLabelLength(labels, name, value);
    if (tooLong !== undefined) {
      return tooLong;
    }
  }
  return undefined;
}

/** What is wrong with a series' labels: the first fault, or `undefined`. */
export function checkLabels(labels: SentLabels): RecordFault | undefined {
  const fault = checkLabelLimits(labels);
  if (fault !== undefined) {
    return fault;
  }
  return labels.some(([name, value]) => name === METRIC_NAME && value !== '')
    ? undefined
    : labelFault('invalid', labels, `has no metric name (the label ${METRIC_NAME})`);
}
