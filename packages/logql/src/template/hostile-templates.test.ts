import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from './compile-template.ts';
import { TemplateError } from './template-error.ts';

const BYTES_MAX = 1_048_576;
/** Of processor time; on a machine of this year they take a tenth. */
const MILLISECONDS_MAX = 1000;

const LABELS: Readonly<Record<string, string>> = {
  big: 'a'.repeat(200_000),
  words: 'ab cd '.repeat(30_000),
  list: JSON.stringify(Array.from({ length: 20_000 }, (_, index) => index)),
  map: JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`k${index}`, index]))),
  deep: '['.repeat(50_000) + ']'.repeat(50_000),
  lone: 'a\ud800b',
};

/** What a template gives, or undefined where it fails in the one way that it may. */
function outcomeOf(template: string): string | undefined {
  try {
    return compileTemplate(template).execute({
      labels: (name) => (Object.hasOwn(LABELS, name) ? LABELS[name] : undefined),
      allLabels: () => LABELS,
      line: 'line',
      timestampNanos: 1n,
      nowNanos: () => 1n,
    });
  } catch (error) {
    expect(error).toBeInstanceOf(TemplateError);
    return;
  }
}

/** Templates under the beginning of their text. */
function shortened(all: readonly string[]): [string, string][] {
  return all.map((template) => [template.slice(0, 70), template]);
}

describe('a hostile template ends soon and with a bounded text', () => {
  it.each(
    shortened([
      '{{range 1000000000}}x{{end}}',
      '{{range 100000}}{{range 100000}}{{range 100000}}{{end}}{{end}}{{end}}',
      '{{$x := "a"}}{{range 100000}}{{$x = print $x $x}}{{end}}{{$x}}',
      '{{range 100000}}{{$x := upper $.big}}{{end}}',
      '{{repeat 1000000000 "x"}}',
      '{{repeat 1000000 "x" | repeat 1000000}}',
      '{{range 1000}}{{repeat 1000000 "x"}}{{end}}',
      '{{printf "%1000000d%1000000d" 5 6}}',
      '{{printf "%1000000v" (fromJson .list)}}',
      '{{printf "%.1000000d" (fromJson .list)}}',
      '{{printf (repeat 300000 "%[") 1}}',
      '{{printf (repeat 300000 "%d") 1}}',
      '{{indent 1000000 .words}}',
      '{{replace "a" .words .big}}',
      '{{replace "" "xxxxxxxx" .big}}',
      '{{regexReplaceAll "a" .big .big}}',
      '{{range 1000}}{{count (printf "a%d{1,100}" .) "b"}}{{end}}',
      '{{range 100000}}{{count "(x+x+)+y" $.big}}{{end}}',
      '{{count "(x{1,1000}){1,1000}" .big}}',
      '{{define "a"}}{{template "a" .}}{{template "a" .}}{{end}}{{template "a" .}}',
      '{{fromJson .deep}}',
      '{{range 100000}}{{range fromJson $.map}}{{break}}{{end}}{{end}}',
      '{{$map := fromJson .map}}{{range 100000}}{{if $map}}{{len $map}}{{end}}{{end}}',
      '{{$list := fromJson .list}}{{range 100000}}{{$x := slice $list 1}}{{$y := print $list}}{{end}}',
      '{{range 100000}}{{addf 1e308 1e-308}}{{end}}',
      '{{range 100000}}{{toDateInZone "2006" (printf "Europe/B%d" .) "2020"}}{{end}}',
      '{{date (repeat 100000 "2006") now}}',
      '{{toDate (repeat 10000 "Jan ") (repeat 10000 "Jan ")}}',
      '{{range 100000}}{{$x := len (print $)}}{{end}}',
      `{{${'('.repeat(5000)}1${')'.repeat(5000)}}}`,
      '{{if 1}}'.repeat(5000),
      `{{print 1${' | print'.repeat(2000)}}}`,
      `{{/*${' */}}{{/*'.repeat(5000)}`,
      `{{"${'\\x41'.repeat(4000)}"}}`,
      `${'a '.repeat(5000)}{{- .a}}`,
    ]),
  )('%s', (_beginning, template) => {
    const before = process.cpuUsage();
    const text = outcomeOf(template);
    const { user, system } = process.cpuUsage(before);
    expect(Buffer.byteLength(text ?? '')).toBeLessThanOrEqual(BYTES_MAX);
    expect((user + system) / 1000).toBeLessThan(MILLISECONDS_MAX);
  });

  it('is cut off by the bytes of its text, not by its characters', () => {
    expect(outcomeOf('{{repeat 400000 "é"}}')?.length).toBe(400_000);
    expect(outcomeOf('{{repeat 600000 "é"}}')).toBeUndefined();
  });
});

const PIECES = [
  ...[
    '{{',
    '}}',
    '{{-',
    '-}}',
    ' ',
    '.',
    '$',
    '$x',
    ':=',
    '=',
    '|',
    '(',
    ')',
    '"',
    '`',
    "'",
    ',',
    '\n',
    '\\',
    '%',
    '/*',
    '*/',
  ],
  ...['if', 'else', 'end', 'range', 'with', 'define', 'template', 'block', 'break', 'continue', 'nil', 'true'],
  ...['.list', '.words', '.absent', '1', '-5', '2.5', '"a"', '`b`', '"%5v|%-3d"', '0x1', "'c'", 'é', '\ud800'],
  ...[
    'printf',
    'print',
    'len',
    'index',
    'slice',
    'eq',
    'lt',
    'and',
    'not',
    'html',
    'lower',
    'trunc',
    'substr',
    'replace',
  ],
  ...['regexReplaceAll', 'count', 'add', 'divf', 'round', 'fromJson', 'date', 'toDate', 'now', 'default', 'duration'],
];

/** Mostly whole words behind each other, as in an action. */
const templates = fc
  .array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: 'binary', maxLength: 5 })), {
    maxLength: 25,
  })
  .map((pieces) => pieces.join(''));

/** A call with arguments of all kinds, right or wrong. */
const calls = fc
  .tuple(
    fc.constantFrom(...PIECES.filter((piece) => /^[a-zA-Z]{3,}$/.test(piece))),
    fc.array(
      fc.constantFrom(
        '.list',
        '.lone',
        '.absent',
        '1',
        '-5',
        '2.5',
        '"a"',
        '"2006-01"',
        '"%5v|%-3d"',
        'true',
        'nil',
        'now',
        '(fromJson .list)',
        '(add 1)',
        '.',
      ),
      { maxLength: 4 },
    ),
  )
  .map(([name, args]) => `{{${[name, ...args].join(' ')}}}`);

describe('any template', () => {
  it('gives a text or a TemplateError', () => {
    fc.assert(
      fc.property(fc.oneof(templates, calls), (template) => {
        expect(Buffer.byteLength(outcomeOf(template) ?? '')).toBeLessThanOrEqual(BYTES_MAX);
      }),
      { numRuns: 400 },
    );
  });

  it('without actions is its own text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('{{'));
        expect(outcomeOf(text)).toBe(text);
      }),
    );
  });

  it('prints a quoted text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const quoted = JSON.stringify(text.toWellFormed()).replaceAll('\\/', '/');
        expect(outcomeOf(`{{${quoted}}}`)).toBe(text.toWellFormed());
      }),
    );
  });
});
