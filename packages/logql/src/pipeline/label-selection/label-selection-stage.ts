// `| drop` and `| keep`: https://grafana.com/docs/loki/latest/query/log_queries/#drop-labels-expression
import type { LabelMatcher } from '@aegisguard/model';
import type { LabelSelectionStage } from '../../syntax/ast/stage.ts';
import { ERROR_DETAILS_LABEL, ERROR_LABEL, type LineLabels } from '../line-labels.ts';
import type { LineStage } from '../line-stage.ts';
import type { LineWork } from '../line-work.ts';
import { compileMatcher, type TextTest } from '../match-text.ts';

/** A label of this name whose value fits. */
interface Choice {
  readonly name: string;
  readonly fits: TextTest;
}

/** Drops the labels, or all others; `keep` keeps errors, too. */
export function compileLabelSelection({ kind, labels: selected }: LabelSelectionStage): LineStage {
  const choices = selected.map(choiceOf);
  if (kind === 'drop') {
    return {
      run: ({ labels }) => {
        for (const choice of choices) {
          drop(choice, labels);
        }
        return true;
      },
    };
  }
  const stays = (name: string, value: string, work: LineWork): boolean =>
    choices.some((choice) => choice.name === name && choice.fits(value, work));
  return {
    run: ({ labels }) => {
      labels.retain((name, value) => stays(name, value, labels.work));
      return true;
    },
  };
}

function choiceOf(label: string | LabelMatcher): Choice {
  return typeof label === 'string'
    ? { name: label, fits: () => true }
    : { name: label.name, fits: compileMatcher(label) };
}

function drop({ name, fits }: Choice, labels: LineLabels): void {
  if (!fits(labels.get(name) ?? '', labels.work)) {
    return;
  }
  if (name === ERROR_LABEL) {
    labels.clearError();
  } else if (name === ERROR_DETAILS_LABEL) {
    labels.clearErrorDetails();
  } else {
    labels.remove(name);
  }
}
