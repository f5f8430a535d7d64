import { z } from 'zod';
import type { ApiError } from '../../../lib/api-error.ts';

const Errors = z.array(z.object({ path: z.string() }));

/** The step, from 1 on, whose query the server did not understand; undefined for any other problem. */
export function stepOfError(error: ApiError): number | undefined {
  const errors = Errors.safeParse(error.errors);
  const [, place] = /^\/steps\/(\d+)\/query$/.exec(errors.data?.[0]?.path ?? '') ?? [];
  return place === undefined ? undefined : Number(place) + 1;
}
