// Sizes as go-humanize reads them: https://pkg.go.dev/github.com/dustin/go-humanize#ParseBytes
import { type Conversion, quoted } from './conversion.ts';

const NUMBER = /^[0-9.,]*/;
const PREFIXES = ['', 'k', 'm', 'g', 't', 'p', 'e'];
const UNIT = /^([kmgtpe]?)(i?)(b?)$/;
const BYTES_MAX = 2 ** 64;
const DECIMAL = /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/;

/** Reads `1.5KB`, `2 MiB`, `2,048` and so on as whole bytes. */
export function parseBytes(text: string): Conversion {
  const written = NUMBER.exec(text)?.[0] ?? '';
  const digits = written.replaceAll(',', '');
  if (!DECIMAL.test(digits)) {
    return { problem: `strconv.ParseFloat: parsing ${quoted(digits)}: invalid syntax` };
  }
  const name = text.slice(written.length).trim().toLowerCase();
  const unit = UNIT.exec(name);
  if (unit === null || (unit[1] === '' && unit[2] !== '')) {
    return { problem: `unhandled size name: ${name.slice(0, 100).toWellFormed()}` };
  }
  const bytes = Number(digits) * (unit[2] === '' ? 1000 : 1024) ** PREFIXES.indexOf(unit[1] ?? '');
  return bytes < BYTES_MAX ? Math.trunc(bytes) : { problem: `too large: ${text.slice(0, 100).toWellFormed()}` };
}
