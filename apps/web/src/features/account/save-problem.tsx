import type { ReactNode } from 'react';
import type { ApiError } from '../../lib/api-error.ts';
import { Notice } from '../../ui/notice.tsx';

/** Why something could not be done, where it belongs to no field. */
export function SaveProblem({ error }: { readonly error: ApiError | undefined }): ReactNode {
  return error === undefined ? null : (
    <Notice kind="error">{error.detail === undefined ? `${error.title}.` : `${error.title}. ${error.detail}`}</Notice>
  );
}
