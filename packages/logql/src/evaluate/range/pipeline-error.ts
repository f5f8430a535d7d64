import type { LabelValues } from '@aegisguard/model';
import { evaluationError } from '../evaluation-error.ts';
import { labelOf, labelSet, printLabels } from '../label-set.ts';

/** A metric query has no answer when the pipeline failed for a line that it counts: https://grafana.com/docs/loki/latest/query/#pipeline-errors */
export function pipelineError(series: LabelValues): Error {
  const labels = labelSet(series);
  const error = labelOf(labels, '__error__');
  return evaluationError(
    [
      `pipeline error: '${error}' for series: '${printLabels(labels)}'.`,
      `Use a label filter to intentionally skip this error. (e.g | __error__!="${error}").`,
      'To skip all potential errors you can match empty errors.(e.g __error__="")',
      'The label filter can also be specified after unwrap. (e.g | unwrap latency | __error__="" )',
    ].join('\n'),
  );
}
