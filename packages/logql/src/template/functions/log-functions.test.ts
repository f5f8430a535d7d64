import { expect, it } from 'vitest';
import { compileTemplate } from '../compile-template.ts';

const LABELS: Readonly<Record<string, string>> = {
  json: '{"a":{"b":[1,2.5,"x",null,true]},"n":1679577215}',
  ts: '1679577215',
  text: '  Grüße an die Welt  ',
};

function execute(template: string): string {
  return compileTemplate(template).execute({
    labels: (name) => LABELS[name],
    line: 'GET /api/v1?x=1 200 1.5s',
    timestampNanos: 1_656_353_124_120_000_000n,
    nowNanos: () => 1_700_000_000_123_456_789n,
  });
}

it.each([
  // Letters
  ['{{lower "HÉLLO ΑΣ İ"}}|{{ToLower "ABC"}}', 'héllo ασ i|abc'],
  ['{{upper "straße é"}}|{{ToUpper "abc"}}', 'STRAßE É|ABC'],
  ['{{title "hello wORLD foo_bar foo-bar 1a é"}}', 'Hello WORLD Foo_bar Foo-Bar 1a É'],
  // Parts of texts: bytes
  [
    '{{trunc 5 "hello world"}}|{{trunc -5 "hello world"}}|{{trunc 50 "a"}}|{{trunc -50 "a"}}|{{trunc 0 "a"}}',
    'hello|world|a|a|',
  ],
  ['{{trunc 3 "éé"}}', 'é\ufffd'],
  [
    '{{substr 0 5 "hello world"}}|{{substr 6 11 "hello world"}}|{{substr -1 3 "hello"}}|{{substr 2 -1 "hello"}}|{{substr 2 99 "hello"}}',
    'hello|world|hel|llo|llo',
  ],
  ['{{substr 2 4 "éé"}}', 'é'],
  // Replacement
  ['{{replace "a" "b" "banana"}}|{{replace "" "-" "ab"}}|{{replace "x" "y" ""}}', 'bbnbnb|-a-b-|'],
  [
    '{{Replace "banana" "a" "o" 2}}|{{Replace "banana" "a" "o" -1}}|{{Replace "banana" "a" "o" 0}}|{{Replace "ab" "" "-" 2}}|{{Replace "ab" "" "-" 3}}',
    'bonona|bonono|banana|-a-b|-a-b-',
  ],
  // Trimming
  ['[{{trim .text}}][{{TrimSpace .text}}]', '[Grüße an die Welt][Grüße an die Welt]'],
  ['[{{trim "\\u00a0\\u3000a\\ufeff"}}]', '[a\ufeff]'],
  [
    '{{trimAll "$" "$5.00$"}}|{{Trim "xxaxx" "x"}}|{{TrimLeft "xxaxx" "x"}}|{{TrimRight "xxaxx" "x"}}|{{trimAll "é😀" "😀aé"}}',
    '5.00|a|axx|xxa|a',
  ],
  [
    '{{trimPrefix "-" "-a-"}}|{{trimSuffix "-" "-a-"}}|{{TrimPrefix "-a-" "-"}}|{{TrimSuffix "-a-" "-"}}',
    'a-|-a|a-|-a',
  ],
  // Layout
  [
    '[{{alignLeft 5 "hello world"}}][{{alignLeft 5 "hi"}}][{{alignRight 5 "hello world"}}][{{alignRight 5 "hi"}}][{{alignLeft -1 "hi"}}][{{alignLeft 0 "hi"}}][{{alignRight 0 "hi"}}][{{alignRight 3 "äöü"}}]',
    '[hello][hi   ][world][   hi][hi][][][äöü]',
  ],
  ['{{indent 2 "a\\nb"}}|{{nindent 2 "a\\nb"}}|{{repeat 3 "ab"}}|{{repeat 0 "ab"}}', '  a\n  b|\n  a\n  b|ababab|'],
  // Questions
  [
    '{{contains "he" "hello"}} {{contains "" "a"}} {{hasPrefix "he" "hello"}} {{hasSuffix "lo" "hello"}} {{hasSuffix "he" "hello"}}',
    'true true true true false',
  ],
  ['{{if and (contains "he" "hello") (contains "llo" "hello")}}yes{{end}}', 'yes'],
  [
    '{{default "-" ""}}|{{default "-" "foo"}}|{{.absent | default "-"}}|{{default "-" 0}}|{{default "-"}}|{{default "-" false}}',
    '-|foo|-|-|-|-',
  ],
  // Integers
  [
    '{{add 3 2 5}} {{add}} {{add "3" 2.9 true "x" "4.7" "0x10"}} {{sub 5 2}} {{mul 5 2 3}} {{div 10 3}} {{div -7 2}} {{mod 10 3}} {{mod -7 3}}',
    '10 0 26 3 30 3 -3 1 -1',
  ],
  [
    '{{max 1 2 3}} {{max "5" 2}} {{min 1 2 3}} {{min 3}} {{int "3"}} {{int 3.9}} {{int "abc"}} {{int .absent}} {{int "1e3"}}',
    '3 5 1 3 3 3 0 0 0',
  ],
  ['{{add 9223372036854775807 1}}', '-9223372036854775808'],
  ['{{repeat (int (add 1 2)) "x"}}', 'xxx'],
  // Floating point
  [
    '{{addf 3.5 2 5}} {{addf 0.1 0.2}} {{addf}} {{subf 5.5 2 1.5}} {{mulf 5.5 2 2.5}} {{divf 10 2 4}} {{divf 1 3}} {{divf 2 3}} {{divf -2 3}}',
    '10.5 0.3 0 2 27.5 1.25 0.3333333333333333 0.6666666666666667 -0.6666666666666667',
  ],
  [
    '{{maxf 1 2.5 3}} {{maxf "7.5" 2}} {{minf 1 2.5 3}} {{ceil 123.001}} {{floor 123.9999}} {{ceil "1.2"}} {{float64 "3.5"}} {{float64 "x"}} {{float64 7}}',
    '3 7.5 1 124 123 2 3.5 0 7',
  ],
  [
    '{{round 123.555555 3}} {{round 123.88571428571 5 .2}} {{round 123.88571428571 5}} {{round 2.5 0}} {{round -2.5 0}}',
    '123.556 123.88572 123.88571 3 -3',
  ],
  ['{{mulf 1e3 1e3}} {{float64 "12345678"}}', '1e+06 1.2345678e+07'],
  // Conversions
  ['{{duration "1h30m"}} {{duration_seconds "1.5s"}} {{"250ms" | duration}} {{duration "-1m"}}', '5400 1.5 0.25 -60'],
  ['{{bytes "5 kB"}} {{bytes "1KiB"}} {{"2 MB" | bytes}} {{bytes "3"}} {{bytes "1,024"}}', '5000 1024 2e+06 3 1024'],
  [
    '{{b64enc "grüße"}} {{b64dec "Z3LDvMOfZQ=="}} {{b64dec "Z3"}} {{b64dec "a$bc"}} {{b64dec "YQ"}} {{b64dec "YQ=a"}}',
    'Z3LDvMOfZQ== grüße illegal base64 data at input byte 0 illegal base64 data at input byte 1 illegal base64 data at input byte 0 illegal base64 data at input byte 3',
  ],
  ['{{urlencode "a b&c/é~"}} {{urldecode "a+b%26c%2F%C3%A9"}}', 'a+b%26c%2F%C3%A9~ a b&c/é'],
  // Expressions
  ['{{count "a|b" "abab"}} {{count "o" "foo"}} {{count "" "abc"}} {{__line__ | count "[0-9]+"}}', '4 2 4 5'],
  [
    '{{regexReplaceAll "(a*)bc" "aabcx" "$\x7b1}z"}} {{regexReplaceAll "(?P<w>o+)" "foo" "<$w>"}} {{regexReplaceAll "(o)" "foo" "$1x|"}} {{regexReplaceAll "o" "foo" "$$"}} {{regexReplaceAll "a*" "baaac" "-"}}',
    'aazx f<oo> f|| f$$ -b-c-',
  ],
  ['{{regexReplaceAllLiteral "(o)" "foo" "$1"}}', 'f$1$1'],
  // JSON
  [
    '{{(fromJson .json).n}} {{(fromJson .json).a}} {{range (fromJson .json).a.b}}{{.}},{{end}}',
    '1.679577215e+09 map[b:[1 2.5 x <nil> true]] 1,2.5,x,<no value>,true,',
  ],
  [
    '{{fromJson "{"}}|{{range fromJson "{"}}x{{else}}none{{end}}|{{(fromJson .json).absent}}',
    '<no value>|none|<no value>',
  ],
  ['{{range $i, $x := fromJson `["a","b"]`}}{{$i}}={{$x}};{{end}}{{index (fromJson .json) "a" "b" 2}}', '0=a;1=b;x'],
  ['{{(fromJson `{"__proto__":"p","toString":"t"}`).toString}} {{(fromJson "{}").toString}}', 't <no value>'],
  // Time
  [
    '{{__timestamp__ | date "2006-01-02T15:04:05.00Z-07:00"}} {{__timestamp__ | unixEpoch}} {{unixEpochMillis __timestamp__}} {{unixEpochNanos __timestamp__}}',
    '2022-06-27T18:05:24.12Z+00:00 1656353124 1656353124120 1656353124120000000',
  ],
  [
    '{{now | unixEpochNanos}} {{date "2006-01-02" now}} {{date "2006" "no time"}} {{date "2006-01-02" 86400}}',
    '1700000000123456789 2023-11-14 2023 1970-01-02',
  ],
  [
    '{{date "2006-01-02" (unixToTime .ts)}} {{unixToTime "1679577215123"}} {{unixToTime "19000"}} {{unixToTime "1679577215123456789"}} {{unixToTime "1679577215123456"}}',
    '2023-03-23 2023-03-23 13:13:35.123 +0000 UTC 2022-01-08 00:00:00 +0000 UTC 2023-03-23 13:13:35.123456789 +0000 UTC 2023-03-23 13:13:35.123456 +0000 UTC',
  ],
  [
    '{{toDate "2006-01-02" "2021-11-02"}} {{toDate "2006-01-02" "nonsense"}}',
    '2021-11-02 00:00:00 +0000 UTC 0001-01-01 00:00:00 +0000 UTC',
  ],
  [
    '{{toDateInZone "2006-01-02 15:04" "Europe/Berlin" "2021-07-02 10:00"}} {{"2021-07-02 10:00" | toDateInZone "2006-01-02 15:04" "Nowhere/City" | unixEpoch}}',
    '2021-07-02 10:00:00 +0200 CEST 1625220000',
  ],
  [
    '{{__timestamp__.Year}} {{(unixToTime .ts).Format "Jan 2"}} {{__timestamp__.Unix | add 1}}',
    '2022 Mar 23 1656353125',
  ],
])('%s', (template, expected) => {
  expect(execute(template)).toBe(expected);
});

const CALLING = 'error calling';

it.each([
  ['{{div 1 0}}', `${CALLING} div: runtime error: integer divide by zero`],
  ['{{mod 1 0}}', `${CALLING} mod: runtime error: integer divide by zero`],
  ['{{divf 1 0}}', `${CALLING} divf: decimal division by 0`],
  ['{{substr 5 3 "hello"}}', `${CALLING} substr: runtime error: slice bounds out of range [5:3]`],
  ['{{substr -1 9 "hello"}}', `${CALLING} substr: runtime error: slice bounds out of range [:9] with length 5`],
  ['{{repeat -1 "a"}}', `${CALLING} repeat: strings: negative Repeat count`],
  ['{{indent -1 "a"}}', `${CALLING} indent: strings: negative Repeat count`],
  ['{{duration "5"}}', `${CALLING} duration: time: missing unit in duration "5"`],
  ['{{duration "x"}}', `${CALLING} duration: time: invalid duration "x"`],
  ['{{duration "5d"}}', `${CALLING} duration: time: unknown unit "d" in duration "5d"`],
  ['{{bytes "5 zonks"}}', `${CALLING} bytes: unhandled size name: zonks`],
  ['{{bytes ""}}', `${CALLING} bytes: strconv.ParseFloat: parsing "": invalid syntax`],
  ['{{urldecode "%zz"}}', `${CALLING} urldecode: invalid URL escape "%zz"`],
  ['{{unixToTime "123"}}', `${CALLING} unixToTime: unable to parse time '123'`],
  [
    '{{unixToTime "x"}}',
    `${CALLING} unixToTime: unable to parse time 'x': strconv.ParseInt: parsing "x": invalid syntax`,
  ],
  ['{{count "(" "a"}}', `${CALLING} count: error parsing regexp: missing closing ): \`(\``],
  ['{{lower 5}}', 'at <5>: expected string; found 5'],
  ['{{len __line__ | lower}}', 'at <lower>: wrong type for value; expected string; got int'],
  ['{{trunc "5" "a"}}', 'at <"5">: expected integer; found "5"'],
  ['{{trunc (add 1 2) "a"}}', 'wrong type for value; expected int; got int64'],
  ['{{unixEpoch .ts}}', 'at <.ts>: wrong type for value; expected time.Time; got string'],
  ['{{unixEpoch "a"}}', 'at <"a">: can\'t handle "a" for arg of type time.Time'],
  ['{{lower}}', 'at <lower>: wrong number of args for lower: want 1 got 0'],
  ['{{lower nil}}', 'at <nil>: cannot assign nil to string'],
  ['{{fromJson "null" | lower}}', 'at <lower>: invalid value; expected string'],
  ['{{(fromJson "{}").a.b}}', 'nil pointer evaluating interface {}.b'],
  ['{{__timestamp__.Foo}}', "can't evaluate field Foo in type time.Time"],
  ['{{round 1.5}}', 'wrong number of args for round: want at least 2 got 1'],
])('%s fails', (template, message) => {
  expect(() => execute(template)).toThrow(message);
});
