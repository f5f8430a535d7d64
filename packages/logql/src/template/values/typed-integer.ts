/** The integer types of Go that a template meets beside `int`. */
export type IntegerType = 'int64' | 'uint8' | 'int32';

/** An integer that is no `int`: Go does not take it for one. */
export class TypedInteger {
  readonly type: IntegerType;
  readonly value: bigint;

  constructor(type: IntegerType, value: bigint) {
    this.type = type;
    this.value = value;
  }
}

/** An `int64`, wrapped around as Go's arithmetic does. */
export function int64(value: bigint): TypedInteger {
  return new TypedInteger('int64', BigInt.asIntN(64, value));
}
