/** Where something stands in the query: 0-based UTF-16 offsets, `to` exclusive. */
export interface SourceRange {
  readonly from: number;
  readonly to: number;
}
