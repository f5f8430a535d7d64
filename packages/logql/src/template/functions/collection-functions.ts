// `index`, `slice` and `len` of Go's text/template: https://pkg.go.dev/text/template#hdr-Functions

import { FunctionError, type TemplateFunction } from '../execute/template-function.ts';
import type { Meter } from '../values/meter.ts';
import { StringMap } from '../values/string-map.ts';
import { TypedInteger } from '../values/typed-integer.ts';
import { integerIn, isList, isObject, keysOf, memberOf, typeName, type Value } from '../values/value.ts';

/** What it takes to copy an element of a list, in characters. */
const ELEMENT_COST = 2;

function indexNumber(index: Value, length: number): number {
  if (index === null || index === undefined) {
    throw new FunctionError('cannot index slice/array with nil');
  }
  const at = integerIn(index);
  if (at === undefined) {
    throw new FunctionError(`cannot index slice/array with type ${typeName(index)}`);
  }
  if (at < 0n || at > BigInt(length)) {
    throw new FunctionError(`index out of range: ${at}`);
  }
  return Number(at);
}

function indexOnce(item: Value, index: Value): Value {
  if (item === null || item === undefined) {
    throw new FunctionError('index of untyped nil');
  }
  if (item instanceof StringMap || isObject(item)) {
    if (typeof index !== 'string') {
      const isNil = index === null || index === undefined;
      throw new FunctionError(
        isNil ? 'value is nil; should be of type string' : `value has type ${typeName(index)}; should be string`,
      );
    }
    return item instanceof StringMap ? (item.get(index) ?? '') : (memberOf(item, index) ?? null);
  }
  if (typeof item === 'string') {
    const bytes = Buffer.from(item);
    const at = indexNumber(index, bytes.length);
    const byte = bytes[at];
    if (byte === undefined) {
      throw new FunctionError(`index out of range: ${at}`);
    }
    return new TypedInteger('uint8', BigInt(byte));
  }
  if (isList(item)) {
    const at = indexNumber(index, item.length);
    if (at >= item.length) {
      throw new FunctionError(`index out of range: ${at}`);
    }
    return item[at];
  }
  throw new FunctionError(`can't index item of type ${typeName(item)}`);
}

function bounds(indexes: readonly Value[], length: number): readonly [number, number] {
  const [start = 0, end = length] = indexes.map((index) => indexNumber(index, length));
  if (start > end) {
    throw new FunctionError(`invalid slice index: ${start} > ${end}`);
  }
  return [start, end];
}

function slice([item, ...indexes]: readonly Value[], call: Meter): Value {
  if (item === null || item === undefined) {
    throw new FunctionError('slice of untyped nil');
  }
  if (indexes.length > 3) {
    throw new FunctionError(`too many slice indexes: ${indexes.length}`);
  }
  if (typeof item === 'string') {
    if (indexes.length === 3) {
      throw new FunctionError('cannot 3-index slice a string');
    }
    const bytes = Buffer.from(item);
    return bytes.subarray(...bounds(indexes, bytes.length)).toString();
  }
  if (isList(item)) {
    call.charge(item.length * ELEMENT_COST);
    return item.slice(...bounds(indexes.slice(0, 2), item.length));
  }
  throw new FunctionError(`can't slice item of type ${typeName(item)}`);
}

function lengthOf([item]: readonly Value[]): Value {
  if (typeof item === 'string') {
    return BigInt(Buffer.byteLength(item));
  }
  if (isList(item)) {
    return BigInt(item.length);
  }
  if (item === null || item === undefined) {
    throw new FunctionError('reflect: call of reflect.Value.Type on zero Value');
  }
  if (item instanceof StringMap || isObject(item)) {
    return BigInt(keysOf(item).length);
  }
  throw new FunctionError(`len of type ${typeName(item)}`);
}

export const COLLECTION_FUNCTIONS: readonly (readonly [string, TemplateFunction<unknown>])[] = [
  ['index', { parameters: ['any'], rest: 'any', call: ([item, ...indexes]) => indexes.reduce(indexOnce, item) }],
  ['slice', { parameters: ['any'], rest: 'any', call: slice }],
  ['len', { parameters: ['any'], call: lengthOf }],
];
