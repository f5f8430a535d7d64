/** Stands for wherever the web application is. */
const OURS = 'http://ours.invalid';
/** It travels in a cookie. */
const CHARS_MAX = 1500;

/** A path of the web application, with query and fragment, out of what somebody says it is; `/` for everything that would lead elsewhere. */
export function ownPath(text: string | undefined): string {
  if (text === undefined || !text.startsWith('/') || !URL.canParse(text, OURS)) {
    return '/';
  }
  const { hash, origin, pathname, search } = new URL(text, OURS);
  const path = `${pathname}${search}${hash}`;
  // Taking dots out of `/.//host` leaves what a browser reads as another host.
  return origin === OURS && !path.startsWith('//') && path.length <= CHARS_MAX ? path : '/';
}
