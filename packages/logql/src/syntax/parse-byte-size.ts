// Sizes as Loki reads them: https://grafana.com/docs/loki/latest/query/log_queries/#label-filter-expression, https://pkg.go.dev/github.com/dustin/go-humanize#ParseBytes
const SIZE = /^(\d+(?:\.\d*)?|\.\d+)([kmgtpe]?)(i?)b?$/i;
const PREFIXES = ['', 'k', 'm', 'g', 't', 'p', 'e'];
const BYTES_MAX = 2 ** 64;
const LENGTH_MAX = 64;

/** Reads `20KB`, `1.5MiB`, `5k` and so on, in small or capital letters, as bytes; undefined when the text is no size. */
export function parseByteSize(text: string): number | undefined {
  const [, number = '', prefix = '', binary = ''] = (text.length <= LENGTH_MAX && SIZE.exec(text)) || [];
  if (number === '' || (binary !== '' && prefix === '')) {
    return undefined;
  }
  const bytes = Math.trunc(Number(number) * (binary === '' ? 1000 : 1024) ** PREFIXES.indexOf(prefix.toLowerCase()));
  return bytes < BYTES_MAX ? bytes : undefined;
}
