// `npm run pii-figures`: how much of what it should the default policy finds, over our own corpora and those of others under AEGIS_SUITES_DIR. Prints the tables and keeps them in docs/pii-figures.md.
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { PrivacyPolicy } from '@aegisguard/model';
import { createScrubber } from '../scrubber.ts';
import type { LabelledText } from './corpora/labelled-text.ts';
import { lookAlikes } from './corpora/look-alikes.ts';
import { positives } from './corpora/positives.ts';
import { type Figure, measureFigures, precision, recall, specificity } from './measure-figures.ts';
import { type SuiteCases, suiteCases } from './suite-cases.ts';

const DOCUMENT = new URL('../../../../../docs/pii-figures.md', import.meta.url);
const HEAD = ['detector', 'positives', 'found', 'recall', 'exact', 'look-alikes', 'false alarms', 'precision', 'clean'];

const key = new Uint8Array(32);
const scrubber = createScrubber(PrivacyPolicy.parse({}), key);
/** For telemetry of others, whose clients' addresses are no false alarms. */
const keepingAddresses = createScrubber(PrivacyPolicy.parse({ detectors: { ip: 'keep' } }), key);

const { values } = parseArgs({ options: { verbose: { type: 'boolean', default: false } } });
const suites = suiteCases();
const document = [
  '# What the scrubber finds',
  'Written by `npm run pii-figures`; the default policy over labelled texts. *Found*: nothing of the labelled value is left, whichever detector took it. *Exact*: nothing beside it went. *False alarms*: texts without a label that the detector touched.\n' +
    '*Precision*: found of found and false alarms; *clean*: the share of look-alikes left alone.',
  '## Our own corpora',
  'Sentences, logs, URLs, JSON in strings, and look-alikes, made by `packages/pipeline/src/scrub/testing/corpora`.',
  table(measure(scrubber, [...positives(), ...lookAlikes()])),
  '## Corpora of others',
  suites.length === 0
    ? 'Not there: `AEGIS_SUITES_DIR` names no folder.'
    : 'The values as they are, or as the name says. Those that do not count are shown with the reason.',
  suiteTable(suites),
].join('\n\n');

print(document);
writeFileSync(DOCUMENT, `${document.trimEnd()}\n`);

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function measure(by: typeof scrubber, texts: readonly LabelledText[]): readonly Figure[] {
  const figures = measureFigures(by, texts);
  if (values.verbose) {
    for (const { detector, missed, alarms } of figures) {
      for (const text of missed) print(`missed ${detector}: ${JSON.stringify(text.slice(0, 200))}`);
      for (const text of alarms) print(`false alarm ${detector}: ${JSON.stringify(text.slice(0, 200))}`);
    }
  }
  return figures;
}

function cells(figure: Figure): readonly string[] {
  const { positives: labelled, found, exact, lookAlikes: clean, falseAlarms } = figure;
  return [
    whole(labelled),
    whole(found),
    labelled === 0 ? '' : percent(recall(figure)),
    labelled === 0 ? '' : percent(exact / labelled),
    whole(clean),
    whole(falseAlarms),
    labelled === 0 ? '' : percent(precision(figure)),
    clean === 0 ? '' : percent(specificity(figure)),
  ];
}

function table(figures: readonly Figure[]): string {
  return rows(
    HEAD,
    figures.map((figure) => [figure.detector, ...cells(figure)]),
  );
}

function suiteTable(cases: readonly SuiteCases[]): string {
  const body = cases.flatMap(({ name, counts, note, keepsAddresses, texts }) => {
    const figures = measure(keepsAddresses === true ? keepingAddresses : scrubber, texts);
    const shown = figures.filter(({ positives: labelled, falseAlarms }) => labelled > 0 || falseAlarms > 0);
    const remark = [counts ? '' : 'does not count', note].filter((part) => part !== '').join(': ');
    if (shown.length === 0) return [[name, 'all', ...cells(nothing(texts.length)), remark]];
    return shown.map((figure) => [name, figure.detector, ...cells(figure), remark]);
  });
  return rows(['corpus', ...HEAD, 'remark'], body);
}

function nothing(clean: number): Figure {
  return {
    detector: 'all',
    positives: 0,
    found: 0,
    exact: 0,
    lookAlikes: clean,
    falseAlarms: 0,
    missed: [],
    alarms: [],
  };
}

function rows(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...body.map(line)].join('\n');
}

function whole(value: number): string {
  return value.toLocaleString('en-US');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
