import { ApiError, asApiError } from './api-error.ts';

/** Runs a call that proves who one is with a form's field; that the proof is wrong is then said beside it, in these words. */
export async function provenBy<T>(field: string, words: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    const error = asApiError(cause);
    throw error.code === 'invalid-credentials'
      ? new ApiError(error.code, error.title, { cause, errors: [{ path: `/${field}`, message: words }] })
      : error;
  }
}
