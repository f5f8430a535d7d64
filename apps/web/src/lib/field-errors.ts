import { z } from 'zod';
import type { ApiError } from './api-error.ts';

const FieldErrors = z.array(z.object({ path: z.string(), message: z.string() }));

/** What the server says of one member of the body. */
export interface FieldError {
  /** As react-hook-form names fields: `customRules.1.pattern`. */
  readonly path: string;
  readonly message: string;
}

/** The name of a form's field for a JSON Pointer (RFC 6901) below `within`; undefined for what is elsewhere. */
function fieldPath(pointer: string, within: string): string | undefined {
  if (!pointer.startsWith(`${within}/`)) {
    return undefined;
  }
  const parts = pointer.slice(within.length + 1).split('/');
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
}

/** What a problem says of members of the body, or of what is below the pointer `within`. */
export function fieldErrors({ errors }: ApiError, within = ''): readonly FieldError[] {
  return (FieldErrors.safeParse(errors).data ?? []).flatMap(({ path: pointer, message }) => {
    const path = fieldPath(pointer, within);
    return path === undefined ? [] : [{ path, message }];
  });
}
