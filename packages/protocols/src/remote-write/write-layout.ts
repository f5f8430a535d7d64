// https://prometheus.io/docs/specs/prw/remote_write_spec/#protocol
// https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/#protobuf-message

/** `1`: prometheus.WriteRequest; `2`: io.prometheus.write.v2.Request. */
export type RemoteWriteVersion = 1 | 2;

/** Where the two versions' messages differ: tags, which are a field's number and wire type. `NO_TAG` where a version has none. */
export interface WriteLayout {
  /** In the request. */
  readonly series: number;
  /** In the request: where the other version has its series. */
  readonly otherSeries: number;
  /** In the request: metadata of metrics, apart from their series. */
  readonly metadata: number;
  /** In the request. */
  readonly symbols: number;
  /** In a series and in an exemplar: a reference to a symbol that is not packed with others. */
  readonly reference: number;
  /** In a series. */
  readonly histogram: number;
  /** In a series. */
  readonly exemplar: number;
  /** In a series. */
  readonly seriesMetadata: number;
  /** In a series: the start of all its samples, as drafts of version 2 before rc.4 had it. */
  readonly created: number;
  /** In a sample. */
  readonly sampleStart: number;
}

/** No field has it. */
export const NO_TAG = -1;

/** In a series of either version. */
export const SAMPLE_TAG = 0x12;

/** Version 1. */
export const LAYOUT_1: WriteLayout = {
  series: 0x0a,
  otherSeries: 0x2a,
  metadata: 0x1a,
  symbols: NO_TAG,
  reference: NO_TAG,
  histogram: 0x22,
  exemplar: 0x1a,
  seriesMetadata: NO_TAG,
  created: NO_TAG,
  sampleStart: NO_TAG,
};

/** Version 2. */
export const LAYOUT_2: WriteLayout = {
  series: 0x2a,
  otherSeries: 0x0a,
  metadata: NO_TAG,
  symbols: 0x22,
  reference: 0x08,
  histogram: 0x1a,
  exemplar: 0x22,
  seriesMetadata: 0x2a,
  created: 0x30,
  sampleStart: 0x18,
};
