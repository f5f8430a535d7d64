import type { PipeTransform } from '@nestjs/common';
import type { ZodType } from 'zod';

/** Parses a body or the query parameters with a zod schema; its issues become a 400 problem. */
export class ZodPipe<Output> implements PipeTransform<unknown, Output> {
  constructor(private readonly schema: ZodType<Output>) {}

  transform(value: unknown): Output {
    return this.schema.parse(value ?? {});
  }
}
