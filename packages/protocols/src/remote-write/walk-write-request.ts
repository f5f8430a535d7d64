// https://prometheus.io/docs/specs/prw/remote_write_spec/ and https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/
import { AegisError } from '@aegisguard/model';
import { LabelBytes } from '../metrics/label-bytes.ts';
import type { WireReader } from '../protobuf/wire-reader.ts';
import { InlineLabels, type LabelSet } from './label-set.ts';
import { LABELS_TAG } from './label-set-parser.ts';
import { readHistogram, type WireHistogram } from './read-histogram.ts';
import { ReferencedLabels } from './referenced-labels.ts';
import { SymbolTable } from './symbol-table.ts';
import { LAYOUT_1, LAYOUT_2, NO_TAG, type RemoteWriteVersion, SAMPLE_TAG, type WriteLayout } from './write-layout.ts';

const VALUE_BYTES = 8;

/** A series' message, looked over once; used again for the next series. */
export interface SeriesScan {
  readonly labels: LabelSet;
  /** Samples, histograms and exemplars. */
  readonly records: number;
}

/** A sample; used again for the next. The value's bits, because a NaN's count. */
export interface WireSample {
  readonly valueLow: number;
  readonly valueHigh: number;
  readonly timestampMs: number;
  readonly startMs: number;
}

/** An exemplar; used again for the next. */
export interface WireExemplar {
  readonly labels: LabelSet;
  readonly value: number;
  readonly timestampMs: number;
}

/** What is done with a body: the gateway's half or the worker's. Records come in the order of the body. */
export interface WriteHandler {
  /** A series that has records; false when the handler has dealt with all of them. */
  series(scan: SeriesScan): boolean;
  sample(sample: WireSample): void;
  histogram(histogram: WireHistogram): void;
  exemplar(exemplar: WireExemplar): void;
  /** Metadata of the series at hand, after its records, the reader just behind the tag; whoever reads it leaves the reader behind it. */
  seriesMetadata(reader: WireReader, symbols: SymbolTable): void;
  /** Metadata of a metric, likewise. */
  metadata(reader: WireReader): void;
}

class Sample implements WireSample {
  valueLow = 0;
  valueHigh = 0;
  timestampMs = 0;
  startMs = 0;
}

/** Where the other version has its series this one has nothing, and would answer that all of nothing was taken. */
function otherVersion(): AegisError {
  return new AegisError('invalid-protobuf', {
    detail: "The content type's proto parameter names another version of remote write than the body is of.",
  });
}

/** Walks a write request. */
class WriteWalk {
  readonly #reader: WireReader;
  readonly #view: DataView;
  readonly #layout: WriteLayout;
  readonly #handler: WriteHandler;
  readonly #symbols: SymbolTable;
  readonly #labels: LabelSet;
  readonly #exemplarLabels: LabelSet;
  readonly #scan: { labels: LabelSet; records: number };
  readonly #sample = new Sample();
  readonly #exemplar: { labels: LabelSet; value: number; timestampMs: number };
  /** Of the series at hand: where its metadata stands, 0 where it has none, and its own start time. */
  #metadataAt = 0;
  #createdMs = 0;
  /** Where its first record begins. */
  #recordsAt = 0;

  constructor(body: Buffer, reader: WireReader, version: RemoteWriteVersion, handler: WriteHandler) {
    this.#reader = reader;
    this.#view = new DataView(body.buffer, body.byteOffset, body.byteLength);
    this.#handler = handler;
    this.#symbols = new SymbolTable(body);
    this.#layout = version === 1 ? LAYOUT_1 : LAYOUT_2;
    const written = new LabelBytes();
    const labels = () => (version === 1 ? new InlineLabels(body) : new ReferencedLabels(this.#symbols, written));
    this.#labels = labels();
    this.#exemplarLabels = labels();
    this.#scan = { labels: this.#labels, records: 0 };
    this.#exemplar = { labels: this.#exemplarLabels, value: 0, timestampMs: 0 };
  }

  walk(): void {
    const reader = this.#reader;
    const layout = this.#layout;
    if (layout.symbols !== NO_TAG) {
      this.#readSymbols();
    }
    while (reader.more()) {
      const tag = reader.tag();
      if (tag === layout.series) {
        this.#series();
      } else if (tag === layout.metadata) {
        this.#handler.metadata(reader);
      } else if (tag === layout.otherSeries) {
        throw otherVersion();
      } else {
        reader.skipField(tag);
      }
    }
  }

  /** Symbols usually stand before what refers to them, but a message's fields may come in any order. */
  #readSymbols(): void {
    const reader = this.#reader;
    const from = reader.pos;
    while (reader.more()) {
      const tag = reader.tag();
      if (tag === this.#layout.symbols) {
        this.#symbols.add(reader);
      } else {
        reader.skipField(tag);
      }
    }
    reader.pos = from;
  }

  #series(): void {
    const reader = this.#reader;
    const outer = reader.enter();
    this.#look();
    if (this.#scan.records > 0 && this.#handler.series(this.#scan)) {
      reader.pos = this.#recordsAt;
      this.#records();
      if (this.#metadataAt > 0) {
        reader.pos = this.#metadataAt;
        this.#handler.seriesMetadata(reader, this.#symbols);
      }
    }
    reader.leave(outer);
  }

  /** Finds the labels and counts the records: labels may stand after them. */
  #look(): void {
    const reader = this.#reader;
    const layout = this.#layout;
    const labels = this.#labels;
    labels.clear();
    this.#metadataAt = 0;
    this.#createdMs = 0;
    let records = 0;
    while (reader.more()) {
      const tagAt = reader.pos;
      const tag = reader.tag();
      if (tag === LABELS_TAG || tag === layout.reference) {
        labels.take(reader, tag, tagAt);
      } else if (tag === SAMPLE_TAG || tag === layout.histogram || tag === layout.exemplar) {
        this.#recordsAt = records === 0 ? tagAt : this.#recordsAt;
        records += 1;
        reader.skipDelimited();
      } else if (tag === layout.created) {
        this.#createdMs = reader.int64Number();
      } else {
        this.#metadataAt = tag === layout.seriesMetadata ? reader.pos : this.#metadataAt;
        reader.skipField(tag);
      }
    }
    this.#scan.records = records;
  }

  #records(): void {
    const reader = this.#reader;
    const layout = this.#layout;
    const handler = this.#handler;
    while (reader.more()) {
      const tag = reader.tag();
      if (tag === SAMPLE_TAG) {
        this.#readSample();
        handler.sample(this.#sample);
      } else if (tag === layout.histogram) {
        const histogram = readHistogram(reader);
        handler.histogram(histogram.startMs === 0 ? { ...histogram, startMs: this.#createdMs } : histogram);
      } else if (tag === layout.exemplar) {
        this.#readExemplar();
        handler.exemplar(this.#exemplar);
      } else {
        reader.skipField(tag);
      }
    }
  }

  #readSample(): void {
    const reader = this.#reader;
    const sample = this.#sample;
    const outer = reader.enter();
    sample.valueLow = 0;
    sample.valueHigh = 0;
    sample.timestampMs = 0;
    sample.startMs = this.#createdMs;
    while (reader.more()) {
      const tag = reader.tag();
      if (tag === 0x09) {
        reader.double();
        sample.valueLow = this.#view.getUint32(reader.pos - VALUE_BYTES, true);
        sample.valueHigh = this.#view.getUint32(reader.pos - VALUE_BYTES / 2, true);
      } else if (tag === 0x10) {
        sample.timestampMs = reader.int64Number();
      } else if (tag === this.#layout.sampleStart) {
        sample.startMs = reader.int64Number();
      } else {
        reader.skipField(tag);
      }
    }
    reader.leave(outer);
  }

  #readExemplar(): void {
    const reader = this.#reader;
    const exemplar = this.#exemplar;
    const labels = this.#exemplarLabels;
    const outer = reader.enter();
    labels.clear();
    exemplar.value = 0;
    exemplar.timestampMs = 0;
    while (reader.more()) {
      const tagAt = reader.pos;
      const tag = reader.tag();
      if (tag === LABELS_TAG || tag === this.#layout.reference) {
        labels.take(reader, tag, tagAt);
      } else if (tag === 0x11) {
        exemplar.value = reader.double();
      } else if (tag === 0x18) {
        exemplar.timestampMs = reader.int64Number();
      } else {
        reader.skipField(tag);
      }
    }
    reader.leave(outer);
  }
}

/** Walks the request that `reader`, a reader of all of `body`, is at the beginning of. */
export function walkWriteRequest(
  body: Buffer,
  reader: WireReader,
  version: RemoteWriteVersion,
  handler: WriteHandler,
): void {
  new WriteWalk(body, reader, version, handler).walk();
}
