import { PUSHED_METADATA } from '@aegisguard/model';
import { isFacet } from './facet.ts';
import { textLiteral } from './sql-literal.ts';

/** Label and value of each stored label as one text; the bloom filter over labels is built on exactly this expression. */
export const LABEL_PAIRS = "arrayMap((name, value) -> concat(name, '=', value), mapKeys(labels), mapValues(labels))";

/*
 * What shapes say, as expressions that the engine evaluates once for each shape of a block, not for each row; functions that read JSON it does not. A shape is `[{attributes},{resource},{details},…]`, and `},{` stands between
 * these only: within an object a key follows a comma. The labels of a pushed stream are flat.
 */
const MARK = `\\},\\{"${PUSHED_METADATA}":1`;
const OTHER_LABELS = '"(?:[^"\\\\]|\\\\.)*":[0-9]';

/** That a log is an entry of a Loki push. */
export const IS_PUSHED = `match(attribute_shape, ${textLiteral(`${MARK}[,}]`)})`;

/** A log's label `level`: as a pushed stream says it, else the level's name. Part of a projection: changing it needs a migration. */
export const LEVEL_LABEL = `if(match(attribute_shape, ${textLiteral(`\\},\\{(?:${OTHER_LABELS},)*"level":[0-9](?:,${OTHER_LABELS})*${MARK}`)}), toString(severity_text), toString(level))`;

/** Names that an attribute can answer to; whatever else is asked for is absent from every record. */
const LABEL_NAME = /^[A-Za-z0-9_]+$/;

/** The value of the attribute that answers to a label, as an expression of type String; `''` when the record has none. */
export function attributeExpression(name: string): string {
  if (!LABEL_NAME.test(name)) {
    return "''";
  }
  const prefix = textLiteral(`${name}=`);
  const facet = `substring(arrayFirst(facet -> startsWith(facet, ${prefix}), facets), ${name.length + 2})`;
  // A label is in one of the two at most; the other gives ''.
  return `concat(${facet}, labels[${textLiteral(name)}])`;
}

/** That an attribute has a value. */
export function attributeEquals(name: string, value: string): string {
  if (value === '' || !LABEL_NAME.test(name)) {
    return `${attributeExpression(name)} = ${textLiteral(value)}`;
  }
  const pair = textLiteral(`${name}=${value}`);
  return isFacet(value)
    ? `has(facets, ${pair})`
    : `(labels[${textLiteral(name)}] = ${textLiteral(value)} AND indexHint(has(${LABEL_PAIRS}, ${pair})))`;
}

/** That an attribute does not have a value. */
export function attributeDiffers(name: string, value: string): string {
  if (value === '' || !LABEL_NAME.test(name)) {
    return `${attributeExpression(name)} != ${textLiteral(value)}`;
  }
  return isFacet(value)
    ? `NOT has(facets, ${textLiteral(`${name}=${value}`)})`
    : `labels[${textLiteral(name)}] != ${textLiteral(value)}`;
}
