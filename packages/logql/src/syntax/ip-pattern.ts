// https://grafana.com/docs/loki/latest/query/ip/
import { isIP } from 'node:net';

const PREFIX_LENGTHS_MAX: ReadonlyMap<number, number> = new Map([
  [4, 32],
  [6, 128],
]);
const PREFIX_LENGTH = /^(?:0|[1-9]\d{0,2})$/;

/** True for `10.0.0.1`, `10.0.0.0/8` and `10.0.0.1-10.0.0.9`, of either family. */
export function isIpPattern(text: string): boolean {
  if (isIP(text) !== 0) {
    return true;
  }
  const [network = '', length, ...more] = text.split('/');
  if (length !== undefined) {
    const lengthMax = PREFIX_LENGTHS_MAX.get(isIP(network)) ?? -1;
    return more.length === 0 && PREFIX_LENGTH.test(length) && Number(length) <= lengthMax;
  }
  const [from = '', to = '', ...others] = text.split('-');
  return others.length === 0 && isIP(from) !== 0 && isIP(from) === isIP(to);
}
