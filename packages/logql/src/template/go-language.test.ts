import { describe, expect, it } from 'vitest';
import { compileWithFunctions } from './compile-with-functions.ts';
import { GO_FUNCTIONS } from './functions/go-functions.ts';
import type { ObjectValue } from './values/value.ts';

const DATA: ObjectValue = {
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: { name: 'x', creationTimestamp: null },
  data: { a: 'b', num: '5' },
};

function execute(template: string): string {
  return compileWithFunctions(template, 'output', GO_FUNCTIONS).execute(DATA, undefined);
}

// What Go 1.23 gives, tried with templates of our own.

describe('a template gives what it gives in Go', () => {
  it.each([
    ['{{- .kind -}}  x', 'ConfigMapx'],
    ['a  {{- /* c */ -}}  b', 'ab'],
    ['{{- "x" }}  y {{ "z" -}}', 'x  y z'],
    ['x{{ "a" }}{{- "b" }}', 'xab'],
    ['{{ "a" -}} }}', 'a}}'],
    ['{{if .data.a}}yes{{else}}no{{end}}', 'yes'],
    ['{{if .data.zz}}yes{{else if eq .kind "x"}}b{{else}}no{{end}}', 'no'],
    ['{{with .data}}{{.a}}{{else}}none{{end}}', 'b'],
    ['{{with .zz}}{{.a}}{{else with .kind}}{{.}}{{end}}', 'ConfigMap'],
    ['{{with $x := .kind}}{{$x}}{{.}}{{$.apiVersion}}{{end}}', 'ConfigMapConfigMapv1'],
    ['{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}', '2'],
    ['{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}', '21'],
    ['{{$x := 1}}{{range $k, $v := .data}}{{$x = $v}}{{break}}{{end}}{{$x}}', 'b'],
    ['{{range .data}}{{.}};{{end}}', 'b;5;'],
    ['{{range $v := .data}}{{$v}};{{continue}}x{{end}}', 'b;5;'],
    ['{{range .zz}}x{{else}}empty{{end}}', 'empty'],
    ['{{define "t"}}[{{.}}]{{end}}{{template "t" .kind}}{{template "t" 3}}', '[ConfigMap][3]'],
    ['{{block "b" .kind}}({{.}}){{end}}', '(ConfigMap)'],
    ['{{define "t"}}{{$}}{{end}}{{template "t" .kind}}{{template "t"}}', 'ConfigMap<no value>'],
    ['{{"quoted \\"s\\" \\t \\x41 \\u00e9 \\101"}}', 'quoted "s" \t A é A'],
    ['{{`raw \\n`}}', 'raw \\n'],
    ["{{'x'}} {{'\\n'}} {{'\\''}} {{'\\x41'}} {{'é'}}", '120 10 39 65 233'],
    [
      '{{1_000}} {{0b11}} {{0o17}} {{-5}} {{+5}} {{1.5e3}} {{.5}} {{5.}} {{0x1p4}} {{1e-7}}',
      '1000 3 15 -5 5 1500 0.5 5 16 1e-07',
    ],
    ['{{true}} {{false}} {{print nil}}', 'true false <nil>'],
    ['{{.kind | printf "%s-%s" "a"}}', 'a-ConfigMap'],
    ['{{printf "%s" .kind | printf "%q" | len}}', '11'],
    ['{{("abc")}} {{(1)}} {{(.data).a}}', 'abc 1 b'],
    ['{{.data.a | len | printf "%03d"}}', '001'],
    ['{{len "héllo"}} {{len .data}}', '6 2'],
    ['{{index .data "a"}} {{index .metadata "name" | printf "%s"}}', 'b x'],
    ['{{index "abc"}} {{index .data "a" 0}}', 'abc 98'],
    ['{{slice "hello" 1}} {{slice "hello" 1 3}} {{slice "hello"}}', 'ello el hello'],
    ['{{and 1}} {{or 0}} {{and 1 2 3}} {{or 0 "" 3}} {{and 0 (index 1 2)}} {{or 1 (index 1 2)}}', '1 0 3 3 0 1'],
    ['{{1 | and 2}} {{0 | or ""}}', '1 0'],
    ['{{not 0}} {{not ""}} {{not .data}} {{not nil}}', 'true true false true'],
    ['{{eq 1 1}} {{eq 1 2 3 1}} {{eq "a" "a"}} {{eq true true}} {{eq 1.5 1.5}}', 'true true true true true'],
    ['{{eq .data nil}} {{eq nil .data}}', 'false false'],
    ['{{eq .zz nil}} {{eq .zz "x"}} {{ne .zz "x"}}', 'true false true'],
    [
      '{{ne 1 2}} {{lt 1 2}} {{le 2 2}} {{gt 3 2}} {{ge 2 3}} {{lt "a" "b"}} {{gt "b" "a"}} {{le 1.5 1.5}}',
      'true true true true false true true true',
    ],
    ['{{\'a\' | printf "%c"}} {{printf "%v" \'a\'}}', 'a 97'],
    ['{{print}} {{print 1}} {{print "a" "b"}} {{print 1 2}} {{print 1 "a" 2}} {{println}}', ' 1 ab 1 2 1a2 \n'],
    [
      '{{printf ""}} {{printf "%"}} {{printf "%5"}} {{printf "%%"}} {{printf "%5%"}} {{printf "%-"}}',
      ' %!(NOVERB) %!(NOVERB) % % %!(NOVERB)',
    ],
    ['{{printf "%d %s %v %t" 1 "a" 1.5 true}}', '1 a 1.5 true'],
    ['{{printf "%v %v %v" nil .data .zz}}', '<nil> map[a:b num:5] <nil>'],
    [
      '{{printf "%5.1f|%-8.3f|%+.2f|%08.3f|% .2f|% d|%+d" 3.14159 3.14159 3.14159 3.14159 3.14159 5 5}}',
      '  3.1|3.142   |+3.14|0003.142| 3.14| 5|+5',
    ],
    [
      '{{printf "%e|%E|%g|%G|%.3e|%10.2e" 123456.789 0.000123 123456.789 1e-10 123456.789 123456.789}}',
      '1.234568e+05|1.230000E-04|123456.789|1E-10|1.235e+05|  1.23e+05',
    ],
    ['{{printf "%x|%X|%#x|%#X|%o|%#o|%b|%#b|%O" 255 255 255 255 8 8 5 5 8}}', 'ff|FF|0xff|0XFF|10|010|101|0b101|0o10'],
    [
      '{{printf "%x|%X|%#x|% x|%# x" "hello" "hello" "hello" "hello" "hello"}}',
      '68656c6c6f|68656C6C6F|0x68656c6c6f|68 65 6c 6c 6f|0x68 0x65 0x6c 0x6c 0x6f',
    ],
    ['{{printf "%c|%q|%U|%#U" 65 65 65 65}}', "A|'A'|U+0041|U+0041 'A'"],
    ['{{printf "%c|%q|%U|%#U|%d|%#q" 0x1F600 0x1F600 0x1F600 0x1F600 -5 65}}', "😀|'😀'|U+1F600|U+1F600 '😀'|-5|'A'"],
    [
      '{{printf "%q|%+q|%#q|% q|%q" "a\\tb" "é" "a`b" "x" "\\x00\\u200b\\U0001F600"}}',
      '"a\\tb"|"\\u00e9"|"a`b"|"x"|"\\x00\\u200b😀"',
    ],
    [
      '{{printf "%5s|%-5s|%.2s|%5.2s|%05s|%-05s" "abc" "abc" "abc" "abc" "abc" "abc"}}',
      '  abc|abc  |ab|   ab|00abc|abc  ',
    ],
    [
      '{{printf "%5d|%-5d|%05d|%-05d|%+05d|% 05d|%.5d|%8.5d|%-8.5d|%08.5d" 42 42 42 42 42 42 42 42 42 42}}',
      '   42|42   |00042|42   |+0042| 0042|00042|   00042|00042   |   00042',
    ],
    ['{{printf "%05d|%x|%X|%+x|%#o" -42 -42 -42 42 -8}}', '-0042|-2a|-2A|+2a|-010'],
    ['{{printf "%.0d|%5.0d|%.0f|%.f" 0 0 2.5 3.5}}', '|     |2|4'],
    [
      '{{printf "%t|%5t|%-7t|%v|%q|%d" true false true false true true}}',
      'true|false|true   |false|%!q(bool=true)|%!d(bool=true)',
    ],
    [
      '{{printf "%s|%d|%v" .data .data .data}}',
      'map[a:b num:5]|map[%!d(string=a):%!d(string=b) %!d(string=num):%!d(string=5)]|map[a:b num:5]',
    ],
    ['{{printf "%s %s" "a"}}', 'a %!s(MISSING)'],
    ['{{printf "%s" "a" "b" 3}}', 'a%!(EXTRA string=b, int=3)'],
    ['{{printf "%[1]s %[1]q %[2]d" "a" 5}}', 'a "a" 5'],
    [
      '{{printf "%[3]s" "a"}} {{printf "%[0]s" "a"}} {{printf "%[x]s" "a"}} {{printf "%[1s" "a"}} {{printf "%[]s" "a"}}',
      '%!s(BADINDEX) %!s(BADINDEX) %!s(BADINDEX) %!s(BADINDEX) %!s(BADINDEX)',
    ],
    ['{{printf "%[2]*[1]d|%[1]*d" 5 8}}', '       5|    8'],
    ['{{printf "%*d" "a" 5}} {{printf "%.*d" "a" 5}} {{printf "%*d" 3}}', '%!(BADWIDTH)5 %!(BADPREC)5 %!d(MISSING)'],
    ['{{printf "%!" 1}} {{printf "%z" "a"}} {{printf "%é" 1}}', '%!!(int=1) %!z(string=a) %!é(int=1)'],
    ['{{printf "%T %T %T %T %T" 1 "a" 1.5 true nil}}', 'int string float64 bool <nil>'],
    ['{{printf "%T %T %T" .data .kind .zz}}', 'map[string]interface {} string <nil>'],
    [
      '{{printf "%v|%6v|%-6v|%06v|%+v|%#v|%#v|%#v|%#v" 1 2 3 4 5 6 "a" 1.5 true}}',
      '1|     2|3     |000004|5|6|"a"|1.5|true',
    ],
    ['{{printf "%6.2v|%v|%v|%v" 3.14159 1e21 1e-5 100000.0}}', '   3.1|1e+21|1e-05|100000'],
    ['{{printf "%v %v %v %v" 0.0 -0.0 123456789.0 0.1}}', '0 -0 1.23456789e+08 0.1'],
    [
      '{{printf "%g %g %g %.3g %.3g %.3g" 100000.0 1000000.0 1e20 1234567.0 0.00001234 100.0}}',
      '100000 1e+06 1e+20 1.23e+06 1.23e-05 100',
    ],
    ['{{printf "%10.3q|%-10q|%10c|%-5c|" "héllo" "a" 65 65}}', '     "hél"|"a"       |         A|A    |'],
    [
      '{{html "a<b>&\'\\"" 1 2}} {{html}} {{js "a\'b\\"c<d>&=\\n\\t\\u2028é\\\\"}} {{urlquery "a b" "c&d=é~!*\'()"}}',
      'a&lt;b&gt;&amp;&#39;&#34;1 2  a\\\'b\\"c\\u003Cd\\u003E\\u0026\\u003D\\u000A\\u0009\\u2028é\\\\ a+bc%26d%3D%C3%A9~%21%2A%27%28%29',
    ],
    ['{{html .zz}} {{urlquery .zz}} {{js nil}}', '&lt;no value&gt; %3Cno+value%3E \\u003Cno value\\u003E'],
    ['{{$.kind}} {{$.data.a}}', 'ConfigMap b'],
    ['{{$x := .data}}{{$x.a}} {{$x.b}}', 'b <no value>'],
    ['{{print 1 | print 2 | print 3}}', '321'],
    ['{{ . | printf "%T" }}', 'map[string]interface {}'],
    ['{{ `a\nb` }}', 'a\nb'],
    ['{{ $x := 1 | print }}{{ $x }}', '1'],
    ['{{ print ($x := 1) $x }}', '1 1'],
    ['{{ if $x := 0 }}{{ else }}{{ $x }}{{ end }}', '0'],
    ['{{ print | }}', ''],
    ['{{ .kind\n}}', 'ConfigMap'],
    ['{{- /* c */}}', ''],
    ['{{-1}}', '-1'],
    ['{{- 1 -}}', '1'],
    ['{{1 -}} x', '1x'],
    ['{{ print 1 -1 }}', '1 -1'],
    [
      '{{printf "%d" 9223372036854775807}} {{printf "%d" -9223372036854775808}}',
      '9223372036854775807 -9223372036854775808',
    ],
    ['{{ html 1 | js | urlquery }}', '1'],
  ])('%j', (template, expected) => {
    expect(execute(template)).toBe(expected);
  });
});

describe('a template fails as in Go', () => {
  it.each([
    ['{{range nil}}x{{else}}empty{{end}}', 'template: output:1:8: executing "output" at <nil>: nil is not a command'],
    [
      '{{(printf "a").b}}',
      'template: output:1:10: executing "output" at <"a">: can\'t evaluate field b in type string',
    ],
    [
      '{{slice "hello" 1 2 3}}',
      'template: output:1:2: executing "output" at <slice "hello" 1 2 3>: error calling slice: cannot 3-index slice a string',
    ],
    [
      '{{slice "hello" -1}}',
      'template: output:1:2: executing "output" at <slice "hello" -1>: error calling slice: index out of range: -1',
    ],
    [
      '{{index "abc" -1}}',
      'template: output:1:2: executing "output" at <index "abc" -1>: error calling index: index out of range: -1',
    ],
    [
      '{{and}} ',
      'template: output:1:2: executing "output" at <and>: wrong number of args for and: want at least 1 got 0',
    ],
    [
      '{{eq 1 1.0}}',
      'template: output:1:2: executing "output" at <eq 1 1.0>: error calling eq: incompatible types for comparison',
    ],
    [
      '{{eq .kind 1}}',
      'template: output:1:2: executing "output" at <eq .kind 1>: error calling eq: incompatible types for comparison',
    ],
    [
      '{{lt nil 1}}',
      'template: output:1:2: executing "output" at <lt nil 1>: error calling lt: invalid type for comparison',
    ],
    [
      '{{lt "a" 1}}',
      'template: output:1:2: executing "output" at <lt "a" 1>: error calling lt: incompatible types for comparison',
    ],
    [
      '{{ge 1 "a"}}',
      'template: output:1:2: executing "output" at <ge 1 "a">: error calling ge: incompatible types for comparison',
    ],
    [
      '{{ne .data .data}}',
      'template: output:1:2: executing "output" at <ne .data .data>: error calling ne: non-comparable type map[a:b num:5]: map[string]interface {}',
    ],
    [
      '{{le .data 1}}',
      'template: output:1:2: executing "output" at <le .data 1>: error calling le: invalid type for comparison',
    ],
    [
      '{{.kind.x.y}}',
      'template: output:1:7: executing "output" at <.kind.x.y>: can\'t evaluate field x in type interface {}',
    ],
    [
      '{{$x := .kind}}{{$x.foo}}',
      'template: output:1:19: executing "output" at <$x.foo>: can\'t evaluate field foo in type string',
    ],
    [
      '{{$x := .kind}}{{$x 1}}',
      'template: output:1:17: executing "output" at <$x>: can\'t give argument to non-function $x',
    ],
    ['{{"a" | .kind}}', 'template: output:1:8: executing "output" at <.kind>: kind is not a method but has arguments'],
    [
      '{{"a" | (printf "x")}}',
      'template: output:1:2: executing "output" at <"a">: can\'t give argument to non-function printf "x"',
    ],
    ['{{"a" | $}}', 'template: output:1:8: executing "output" at <$>: can\'t give argument to non-function $'],
    ['{{nil | print}}', 'template: output:1:2: executing "output" at <nil>: nil is not a command'],
    [
      '{{ template "a" "b" "c" }}',
      'template: output:1:12: executing "output" at <{{template "a" "b" "c"}}>: template "a" not defined',
    ],
    ['{{ .a .b }}', 'template: output:1:3: executing "output" at <.a>: a is not a method but has arguments'],
    ['{{ print.b }}', 'template: output:1:3: executing "output" at <print>: can\'t evaluate field b in type string'],
    ['{{ range $a, $b = . }}{{end}}', 'template: output:1:18: executing "output" at <.>: undefined variable: $a'],
    [
      'a\né {{ .kind.x }}',
      'template: output:2:11: executing "output" at <.kind.x>: can\'t evaluate field x in type interface {}',
    ],
    [
      '{{/*\nc */}}{{.kind.x}}',
      'template: output:2:13: executing "output" at <.kind.x>: can\'t evaluate field x in type interface {}',
    ],
    ['{{ .kind -1 }}', 'template: output:1:3: executing "output" at <.kind>: kind is not a method but has arguments'],
    [
      '{{ 9223372036854775808 }}',
      'template: output:1:3: executing "output" at <9223372036854775808>: 9223372036854775808 overflows int',
    ],
    ['{{ len 1.0 }}', 'template: output:1:3: executing "output" at <len 1.0>: error calling len: len of type float64'],
    [
      '{{ index "abc" 1.0 }} {{ slice "abcdef" 1.0 3 }}',
      'template: output:1:3: executing "output" at <index "abc" 1.0>: error calling index: cannot index slice/array with type float64',
    ],
    [
      '{{ index "abc" "a" }}',
      'template: output:1:3: executing "output" at <index "abc" "a">: error calling index: cannot index slice/array with type string',
    ],
    [
      '{{ index .data nil }}',
      'template: output:1:3: executing "output" at <index .data nil>: error calling index: value is nil; should be of type string',
    ],
    [
      '{{ slice nil 1 }} ',
      'template: output:1:3: executing "output" at <slice nil 1>: error calling slice: slice of untyped nil',
    ],
    [
      '{{ len }}{{ len 1 }}',
      'template: output:1:3: executing "output" at <len>: wrong number of args for len: want 1 got 0',
    ],
    ['{{ len true }}', 'template: output:1:3: executing "output" at <len true>: error calling len: len of type bool'],
    [
      '{{ len .zz }}',
      'template: output:1:3: executing "output" at <len .zz>: error calling len: reflect: call of reflect.Value.Type on zero Value',
    ],
    [
      '{{ index .zz 1 }}',
      'template: output:1:3: executing "output" at <index .zz 1>: error calling index: index of untyped nil',
    ],
    [
      '{{ .zz | len }}',
      'template: output:1:9: executing "output" at <len>: error calling len: reflect: call of reflect.Value.Type on zero Value',
    ],
    [
      '{{ call }}',
      'template: output:1:3: executing "output" at <call>: wrong number of args for call: want at least 1 got 0',
    ],
    [
      '{{ printf }}',
      'template: output:1:3: executing "output" at <printf>: wrong number of args for printf: want at least 1 got 0',
    ],
    ['{{ printf nil }}', 'template: output:1:10: executing "output" at <nil>: cannot assign nil to string'],
    ['{{ printf true }}', 'template: output:1:10: executing "output" at <true>: expected string; found true'],
    [
      '{{ printf .data }}',
      'template: output:1:10: executing "output" at <.data>: wrong type for value; expected string; got map[string]interface {}',
    ],
    [
      '{{ printf (len "a") }}',
      'template: output:1:15: executing "output" at <"a">: wrong type for value; expected string; got int',
    ],
    [
      '{{ true false }}',
      'template: output:1:3: executing "output" at <true>: can\'t give argument to non-function true',
    ],
    ['{{ 1 2 }}', 'template: output:1:3: executing "output" at <1>: can\'t give argument to non-function 1'],
    ['{{ "a" 1 }}', 'template: output:1:3: executing "output" at <"a">: can\'t give argument to non-function "a"'],
    ['{{ nil 1 }}', 'template: output:1:3: executing "output" at <nil>: can\'t give argument to non-function nil'],
    ['{{ . 1 }}', 'template: output:1:3: executing "output" at <.>: can\'t give argument to non-function .'],
    ['{{ .kind 1 }}', 'template: output:1:3: executing "output" at <.kind>: kind is not a method but has arguments'],
    ['{{ $ 1 }}', 'template: output:1:3: executing "output" at <$>: can\'t give argument to non-function $'],
    [
      '{{ (.kind) 1 }}',
      'template: output:1:3: executing "output" at <(.kind) 1>: can\'t give argument to non-function .kind',
    ],
    [
      '{{ (print "a") "b" }}',
      'template: output:1:3: executing "output" at <(print "a") "b">: can\'t give argument to non-function print "a"',
    ],
    ['{{ print.x 1 }}', 'template: output:1:3: executing "output" at <print>: can\'t evaluate field x in type string'],
    ['{{ not }}', 'template: output:1:3: executing "output" at <not>: wrong number of args for not: want 1 got 0'],
    ['{{ not 1 2 }}', 'template: output:1:3: executing "output" at <not>: wrong number of args for not: want 1 got 2'],
    [
      '{{ eq }}',
      'template: output:1:3: executing "output" at <eq>: wrong number of args for eq: want at least 1 got 0',
    ],
    ['{{ lt 1 }}', 'template: output:1:3: executing "output" at <lt>: wrong number of args for lt: want 2 got 1'],
    ['{{ lt 1 2 3 }}', 'template: output:1:3: executing "output" at <lt>: wrong number of args for lt: want 2 got 3'],
  ])('%j', (template, message) => {
    expect(() => execute(template)).toThrow(expect.objectContaining({ name: 'TemplateError', message }));
  });
});
