import { flattenAttributes, parseShape, type RecordAttributes } from './attribute-shape.ts';
import { isFacet } from './facet.ts';
import type { NativeBlockWriter } from './native-block-writer.ts';
import type { ATTRIBUTE_COLUMNS } from './record-columns.ts';
import type { WriteColumn } from './record-encoder.ts';

/** Writes the columns that the attributes of a batch's records become. */
export function attributeColumns(
  records: readonly RecordAttributes[],
): Record<(typeof ATTRIBUTE_COLUMNS)[number][0], WriteColumn> {
  const columns = new AttributeColumns(records);
  return {
    attribute_shape: (to) => to.texts(columns.shapes),
    facets: (to) => columns.writeFacets(to),
    labels: (to) => columns.writeLabels(to),
  };
}

/** Array columns are the ends of the rows' parts, then the parts joined. */
class AttributeColumns {
  readonly shapes: string[] = [];
  readonly #facets: string[] = [];
  readonly #facetEnds: BigUint64Array;
  readonly #labelNames: string[] = [];
  readonly #labelValues: string[] = [];
  readonly #labelEnds: BigUint64Array;

  constructor(records: readonly RecordAttributes[]) {
    this.#facetEnds = new BigUint64Array(records.length);
    this.#labelEnds = new BigUint64Array(records.length);
    for (const [row, record] of records.entries()) {
      const { shape, values } = flattenAttributes(record);
      this.shapes.push(shape);
      if (values.length > 0) {
        this.#add(shape, values);
      }
      this.#facetEnds[row] = BigInt(this.#facets.length);
      this.#labelEnds[row] = BigInt(this.#labelNames.length);
    }
  }

  writeFacets(to: NativeBlockWriter): void {
    to.fixed(this.#facetEnds);
    to.texts(this.#facets);
  }

  writeLabels(to: NativeBlockWriter): void {
    to.fixed(this.#labelEnds);
    to.texts(this.#labelNames);
    to.texts(this.#labelValues);
  }

  #add(shape: string, values: readonly string[]): void {
    const { leaves } = parseShape(shape);
    for (let index = 0; index < leaves.length; index += 1) {
      const label = leaves[index]?.label ?? '';
      const value = values[index] ?? '';
      if (label !== '' && isFacet(value)) {
        this.#facets.push(`${label}=${value}`);
      } else {
        this.#labelNames.push(label);
        this.#labelValues.push(value);
      }
    }
  }
}

/** What is selected of a record's attributes, in the order of `readAttributes`. */
export const ATTRIBUTE_ROW_COLUMNS = ['attribute_shape', 'facets', 'mapValues(labels)'] as const;

/** Puts attributes together again. */
export function readAttributes(
  shape: string,
  facets: readonly string[],
  labelValues: readonly string[],
): RecordAttributes {
  return parseShape(shape).restore(attributeTexts(shape, facets, labelValues));
}

/**
 * The texts of a record's values in the shape's order. A leaf went to the facets or to the labels, both in that order; names in facets are unique, so the next facet is this leaf's when it
 * begins with its name.
 */
export function attributeTexts(
  shape: string,
  facets: readonly string[],
  labelValues: readonly string[],
): readonly string[] {
  let facet = 0;
  let label = 0;
  return parseShape(shape).leaves.map(({ label: name }) => {
    const next = facets[facet];
    if (name !== '' && next?.startsWith(`${name}=`)) {
      facet += 1;
      return next.slice(name.length + 1);
    }
    label += 1;
    return labelValues[label - 1] ?? '';
  });
}
