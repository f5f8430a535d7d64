/** A row that is drawn; rows follow each other without a gap. */
export interface DrawnRow {
  readonly index: number;
}

/** A row with the slot whose elements it fills. */
export interface SlottedRow<Row extends DrawnRow> {
  readonly slot: number;
  readonly row: Row;
}

/**
 * Gives rows the elements of those that scrolled out of sight. An element that moves among its siblings is thrown away and made again by the browser, styles, boxes and all (three quarters of a
 * frame's time), so while the list scrolls they stay where they are and only say something else; once it is at rest they stand in the order in which they are read.
 */
export class RowSlots {
  #count = 0;
  /** The row that stood first in the document when the list was last at rest. */
  #first = 0;

  /** Rows in the order of their elements in the document. There are as many slots as rows were ever drawn at once, so that no two of them share one. */
  place<Row extends DrawnRow>(rows: readonly Row[], isScrolling: boolean): readonly SlottedRow<Row>[] {
    this.#count = Math.max(this.#count, rows.length);
    if (!isScrolling) {
      this.#first = rows[0]?.index ?? 0;
    }
    const placeOf = (index: number) => (((index - this.#first) % this.#count) + this.#count) % this.#count;
    return rows
      .toSorted((a, b) => placeOf(a.index) - placeOf(b.index))
      .map((row) => ({ slot: row.index % this.#count, row }));
  }
}
