// https://grafana.com/docs/loki/latest/send-data/promtail/stages/labels/ and its neighbours
import type { StepOf } from '@aegisguard/model';
import { RuleFault } from '../rule-error.ts';
import type { CompiledStep } from '../rule-run.ts';

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function demandLabelNames(labels: object): void {
  for (const name of Object.keys(labels)) {
    if (!LABEL_NAME.test(name)) {
      throw new RuleFault(`labels/${name}`, `A label cannot be called ${JSON.stringify(name)}.`);
    }
  }
}

/** Labels get the values that were extracted. */
export function labelsStep({ labels }: StepOf<'labels'>): CompiledStep {
  demandLabelNames(labels);
  const sources = Object.entries(labels).map(([label, from]) => [label, from === '' ? label : from] as const);
  return (entry) => {
    for (const [label, from] of sources) {
      const value = entry.text(from);
      if (value !== undefined) {
        entry.setLabel(label, value);
      }
    }
  };
}

/** Labels with fixed values. */
export function staticLabelsStep({ labels }: StepOf<'static-labels'>): CompiledStep {
  demandLabelNames(labels);
  const fixed = Object.entries(labels).filter(([, value]) => value !== '');
  return (entry) => {
    for (const [label, value] of fixed) {
      entry.setLabel(label, value);
    }
  };
}

/** Takes labels away. */
export function dropLabelsStep({ names }: StepOf<'drop-labels'>): CompiledStep {
  return (entry) => {
    for (const name of names) {
      entry.dropLabel(name);
    }
  };
}

/** Takes all labels of the stream away but these; of what was not pushed by Loki's protocol, all attributes. */
export function keepLabelsStep({ names }: StepOf<'keep-labels'>): CompiledStep {
  const kept = new Set(names);
  return (entry) => {
    const { stream, metadata } = entry.allLabels();
    for (const name of Object.keys(entry.isPushed ? stream : metadata)) {
      if (!kept.has(name)) {
        entry.dropLabel(name);
      }
    }
  };
}
