import { announce } from './announcements.ts';
import { asApiError } from './api-error.ts';

/** Says that what a person asked for has failed, where no place on the page is its own: code that a click needs, and that cannot be loaded. */
export function announceFailure(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    const { title, detail } = asApiError(error);
    announce(`That did not work: ${detail ?? title}`);
  });
}
