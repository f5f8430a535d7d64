const PLAIN = /[a-z0-9_-]/;

/**
 * A stream's or group's name as a file name: `logs:raw` → `logs%3araw`. Everything but `[a-z0-9_-]` is escaped, capitals too, so that names differing in case stay apart on file systems
 * that ignore case, and no name can be `..` or hold a separator.
 */
export function fileNameOf(name: string): string {
  let out = '';
  for (const byte of Buffer.from(name)) {
    const char = String.fromCharCode(byte);
    out += PLAIN.test(char) ? char : `%${byte.toString(16).padStart(2, '0')}`;
  }
  return out;
}

/** The name that `fileNameOf` was given; undefined for a file that is not ours. */
export function nameOfFile(file: string): string | undefined {
  let name: string;
  try {
    name = decodeURIComponent(file);
  } catch {
    return undefined;
  }
  return fileNameOf(name) === file ? name : undefined;
}
