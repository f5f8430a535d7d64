import type { PatternRule } from './pattern-lists.ts';
import type { UapRules } from './uap-rules.ts';

/** Pattern, then what its templates are. */
type Line = readonly [source: string, ...templates: string[]];

function rules(lines: readonly Line[]): readonly PatternRule[] {
  return lines.map(([source, ...templates]) => ({ source, ignoreCase: false, templates }));
}

/** What Cast devices say: https://developers.google.com/cast/docs/web_receiver. Chrome and Edge on iOS that ask for the desktop's page claim to be macOS, but keep their product's name. */
const SYSTEMS_FIRST = rules([
  [String.raw`Android (\d+)(?:\.(\d+)|).{0,200}CrKey`, 'Chromecast Android', '$1', '$2', '', ''],
  [String.raw`Fuchsia.{0,200}CrKey/(\d+)\.(\d+)(?:\.(\d+)|)`, 'Chromecast Fuchsia', '$1', '$2', '$3', ''],
  [
    String.raw`Linux.{0,200}CrKey/(\d+)\.(\d+)(?:\.(\d+)|).{0,50}DeviceType/SmartSpeaker`,
    'Chromecast SmartSpeaker',
    '$1',
    '$2',
    '$3',
    '',
  ],
  [String.raw`Linux.{0,200}CrKey(?:/(\d+)\.(\d+)(?:\.(\d+)|)|)`, 'Chromecast Linux', '$1', '$2', '$3', ''],
  [String.raw`Intel Mac OS X.{1,200}(?:CriOS|EdgiOS)/\d`, 'iOS', '', '', '', ''],
]);

/** What software development kits say of Go's and Amazon's. */
const SYSTEMS_LAST = rules([
  [String.raw`\bos/macos(?:[#/](\d+)(?:\.(\d+)|)(?:\.(\d+)|)|)`, 'Mac OS X', '$1', '$2', '$3', ''],
  [String.raw`\bdarwin; (?:arm64|amd64)`, 'Mac OS X', '', '', '', ''],
  [String.raw`HarmonyOS(?:[\s;/]{1,5}(\d+)(?:\.(\d+)|)(?:\.(\d+)|)|)`, 'HarmonyOS', '$1', '$2', '$3', ''],
]);

const DEVICES_FIRST = rules([
  [String.raw`CrKey.{0,100}DeviceType/([^/\s]{1,40})`, 'Chromecast', 'Google', '$1'],
  ['Fuchsia.{0,200}CrKey', 'Chromecast', 'Google', 'Nest Hub'],
  ['CrKey', 'Chromecast', 'Google', 'Chromecast'],
  ['Quest 3S?', 'Quest', 'Meta', '$0'],
  ['Nintendo Switch', 'Nintendo Switch', 'Nintendo', 'Switch'],
]);

/** The rules with what came after their release 0.18: systems and devices that are named otherwise, or not at all, there. */
export function withYoungerRules({ browsers, systems, devices }: UapRules): UapRules {
  return {
    browsers,
    systems: [...SYSTEMS_FIRST, ...systems, ...SYSTEMS_LAST],
    devices: [...DEVICES_FIRST, ...devices],
  };
}
