import { type LabelValues, type LogLabels, setMember } from '@aegisguard/model';
import { LineWork } from './line-work.ts';
import type { ResultLabels } from './result-labels.ts';

/** Where a label comes from. */
export type LabelCategory = 'stream' | 'metadata' | 'parsed';

/** What Loki writes into `__error__`: https://grafana.com/docs/loki/latest/query/#pipeline-errors */
export type PipelineError =
  | 'JSONParserErr'
  | 'LogfmtParserErr'
  | 'SampleExtractionErr'
  | 'LabelFilterErr'
  | 'TemplateFormatErr';

export const ERROR_LABEL = '__error__';
export const ERROR_DETAILS_LABEL = '__error_details__';

const NO_LABELS: LabelValues = {};
const NOTHING: LogLabels = { stream: NO_LABELS, metadata: NO_LABELS, derived: NO_LABELS, isPushed: false };
const CATEGORIES = ['stream', 'metadata', 'parsed'] as const;
const EXTRACTED = '_extracted';

/** What objects inherit is never a text, so that this is safe for every name. */
function own(labels: LabelValues, name: string): string | undefined {
  const value = labels[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * The labels of the log that a pipeline works on: those that it came with, untouched, and over them what stages set and removed. A name is set in one category
 * at a time: parsed hides metadata, which hides the stream's.
 */
export class LineLabels implements ResultLabels {
  /** What may still be done to the log. */
  readonly work = new LineWork();
  #source = NOTHING;
  #changed = false;
  readonly #set = {
    stream: new Map<string, string>(),
    metadata: new Map<string, string>(),
    parsed: new Map<string, string>(),
  };
  /** Names of the source that are hidden. */
  readonly #removed = new Set<string>();
  /** Names that were parsed and removed again. */
  readonly #removedParsed = new Set<string>();
  #error = '';
  #errorDetails = '';
  /** All labels of the latest log that nothing changed: the next one often has the same. */
  #merged: { readonly source: LogLabels; readonly all: LabelValues } | undefined;

  /** Starts over with the labels of another log. */
  begin(source: LogLabels): void {
    this.work.begin();
    this.#source = source;
    if (this.#changed) {
      this.#changed = false;
      this.#set.stream.clear();
      this.#set.metadata.clear();
      this.#set.parsed.clear();
      this.#removed.clear();
      this.#removedParsed.clear();
      this.#error = '';
      this.#errorDetails = '';
    }
  }

  get(name: string): string | undefined {
    if (this.#changed) {
      const value = this.#set.parsed.get(name) ?? this.#set.metadata.get(name) ?? this.#set.stream.get(name);
      if (value !== undefined) {
        return value;
      }
      if (this.#removed.has(name)) {
        return;
      }
      if (name === ERROR_LABEL) {
        return this.#error === '' ? undefined : this.#error;
      }
      if (name === ERROR_DETAILS_LABEL) {
        return this.#errorDetails === '' ? undefined : this.#errorDetails;
      }
    }
    const { stream, metadata, derived } = this.#source;
    return own(stream, name) ?? own(metadata, name) ?? own(derived, name) ?? this.#renamedMetadata(name);
  }

  /** Metadata whose name the stream has are called otherwise, as what parsers find is. */
  #renamedMetadata(name: string): string | undefined {
    if (!name.endsWith(EXTRACTED)) {
      return;
    }
    const original = name.slice(0, -EXTRACTED.length);
    return this.#isOfStream(original) ? own(this.#source.metadata, original) : undefined;
  }

  /** Where a label comes from; what is derived counts as parsed. */
  categoryOf(name: string): LabelCategory {
    const setIn = CATEGORIES.find((category) => this.#set[category].has(name));
    if (setIn !== undefined) {
      return setIn;
    }
    if (own(this.#source.stream, name) !== undefined) {
      return 'stream';
    }
    const isMetadata = own(this.#source.metadata, name) ?? this.#renamedMetadata(name);
    return isMetadata === undefined ? 'parsed' : 'metadata';
  }

  /** What a parsed label is called: otherwise than it is in the line where the log's stream came with such a label, whatever became of it, or where it is in the metadata. */
  parsedName(name: string): string {
    return this.#isOfStream(name) || this.#hasMetadata(name) ? `${name}${EXTRACTED}` : name;
  }

  /** Whether a label of this name was parsed, or made by a template: parsers do not replace it, not even when it was removed since. */
  wasParsed(name: string): boolean {
    return this.#changed && (this.#set.parsed.has(name) || this.#removedParsed.has(name));
  }

  #isOfStream(name: string): boolean {
    return typeof this.#source.stream[name] === 'string';
  }

  /** Sets what a parser or a template made. */
  setParsed(name: string, value: string): void {
    this.#changed = true;
    const { stream, metadata, parsed } = this.#set;
    if (stream.size > 0) {
      stream.delete(name);
    }
    if (metadata.size > 0) {
      metadata.delete(name);
    }
    parsed.set(name, value);
  }

  /** Sets a label in a category, unless a stronger one has its name. */
  set(category: LabelCategory, name: string, value: string): void {
    if (category === 'parsed') {
      this.setParsed(name, value);
      return;
    }
    this.#changed = true;
    const { stream, metadata, parsed } = this.#set;
    const isHidden = parsed.has(name) || (category === 'stream' && this.#hasMetadata(name));
    if (!isHidden) {
      stream.delete(name);
      (category === 'stream' ? stream : metadata).set(name, value);
    }
  }

  #hasMetadata(name: string): boolean {
    return this.#set.metadata.has(name) || (own(this.#source.metadata, name) !== undefined && !this.#removed.has(name));
  }

  /** Removes a label, whatever it comes from. */
  remove(name: string): void {
    this.#changed = true;
    this.#set.stream.delete(name);
    this.#set.metadata.delete(name);
    if (this.#set.parsed.delete(name)) {
      this.#removedParsed.add(name);
    }
    this.#removed.add(name);
  }

  /** Removes all labels, derived ones included, but those whose name and value are to stay; errors stay. */
  retain(stays: (name: string, value: string) => boolean): void {
    for (const [name, value] of Object.entries(this.#visible(CATEGORIES))) {
      if (!stays(name, value)) {
        this.remove(name);
      }
    }
    for (const [name, value] of Object.entries(this.#source.derived)) {
      if (this.get(name) === value && !stays(name, value)) {
        this.remove(name);
      }
    }
  }

  get hasError(): boolean {
    return this.#error !== '';
  }

  /** Notes what went wrong; the latest error is the one that is seen. */
  fail(error: PipelineError, details: string): void {
    this.#changed = true;
    this.#error = error;
    this.#errorDetails = details;
  }

  /** Forgets the error, but not its details. */
  clearError(): void {
    this.#error = '';
  }

  clearErrorDetails(): void {
    this.#errorDetails = '';
  }

  all(): LabelValues {
    if (this.#changed) {
      return this.#withError(this.#visible(CATEGORIES));
    }
    if (isEmpty(this.#source.metadata)) {
      return this.#source.stream;
    }
    if (this.#merged?.source !== this.#source) {
      this.#merged = { source: this.#source, all: this.#visible(CATEGORIES) };
    }
    return this.#merged.all;
  }

  ofSeries(): LabelValues {
    if (this.#source.isPushed) {
      return this.all();
    }
    return this.#changed ? this.#withError(this.#visible(['stream', 'parsed'])) : this.#source.stream;
  }

  byCategory(): { readonly stream: LabelValues; readonly metadata: LabelValues; readonly parsed: LabelValues } {
    return {
      stream: this.#visible(['stream']),
      metadata: this.#visible(['metadata']),
      parsed: this.#withError(this.#visible(['parsed'])),
    };
  }

  #withError(labels: Record<string, string>): LabelValues {
    if (this.#error !== '') {
      labels[ERROR_LABEL] = this.#error;
    }
    if (this.#errorDetails !== '') {
      labels[ERROR_DETAILS_LABEL] = this.#errorDetails;
    }
    return labels;
  }

  #visible(categories: readonly LabelCategory[]): Record<string, string> {
    const labels: Record<string, string> = {};
    const { stream, metadata, parsed } = this.#set;
    if (categories.includes('stream')) {
      for (const name of Object.keys(this.#source.stream)) {
        if (!this.#removed.has(name) && !parsed.has(name) && !metadata.has(name)) {
          setMember(labels, name, this.#source.stream[name] ?? '');
        }
      }
      addAll(labels, stream);
    }
    if (categories.includes('metadata')) {
      for (const original of Object.keys(this.#source.metadata)) {
        const name = this.#isOfStream(original) ? `${original}${EXTRACTED}` : original;
        if (!this.#removed.has(name) && !parsed.has(name)) {
          setMember(labels, name, this.#source.metadata[original] ?? '');
        }
      }
      addAll(labels, metadata);
    }
    if (categories.includes('parsed')) {
      addAll(labels, parsed);
    }
    return labels;
  }
}

function isEmpty(labels: LabelValues): boolean {
  for (const _ in labels) {
    return false;
  }
  return true;
}

function addAll(labels: Record<string, string>, added: ReadonlyMap<string, string>): void {
  for (const [name, value] of added) {
    setMember(labels, name, value);
  }
}
