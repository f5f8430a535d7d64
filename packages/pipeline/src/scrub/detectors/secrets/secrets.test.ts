import { DEFAULT_PRIVACY_POLICY, PrivacyPolicy } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { featuresOf } from '../../text-features.ts';
import { createSecretDetectors } from './create-secret-detectors.ts';

const detectors = createSecretDetectors(DEFAULT_PRIVACY_POLICY);

/** The parts of a text that detectors of a name report, of those that it is shown to; `*` for all names. */
function found(text: string, detector = '*', field = 'message'): string[] {
  return detectors
    .filter(({ name, needs }) => (detector === '*' || name === detector) && (featuresOf(text) & needs) === needs)
    .flatMap((each) => {
      const parts: string[] = [];
      each.find(text, { name: field, place: field }, (start, end) => parts.push(text.slice(start, end)));
      return parts;
    });
}

/** Nothing that looks like a key stands in this file whole. */
const BODY = 'MIIEowIBAAKCAQEA7bq0aVx9';
const key = (label: string, newline = '\n'): string =>
  [`-----BEGIN ${label}-----`, BODY, BODY, `-----END ${label}-----`].join(newline);
const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const JWT = [base64url({ alg: 'HS256', typ: 'JWT' }), base64url({ sub: '1' }), 'c2lnbmF0dXJlLW9mLW5v'].join('.');

describe('private-key', () => {
  it.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'PGP PRIVATE KEY BLOCK'])(
    'finds %s',
    (label) => {
      for (const newline of ['\n', '\r\n', '\\n', ' ', '']) {
        const block = key(label, newline);
        expect(found(`key="${block}" ok`, 'private-key')).toEqual([block]);
      }
    },
  );

  it('finds one that is cut off, and several', () => {
    const cut = key('RSA PRIVATE KEY').slice(0, -40);
    expect(found(`a ${cut}`, 'private-key')).toEqual([cut]);
    expect(found(`${key('PRIVATE KEY')} and ${key('EC PRIVATE KEY')}`, 'private-key')).toHaveLength(2);
  });

  it('leaves public keys, certificates and talk', () => {
    expect(found(`${key('PUBLIC KEY')} ${key('CERTIFICATE')}`, 'private-key')).toEqual([]);
    expect(found('expected -----BEGIN PRIVATE KEY----- at line 1', 'private-key')).toEqual([]);
  });
});

describe('authorization', () => {
  it.each([
    ['Authorization: Bearer abc.def-123', ['abc.def-123']],
    ['authorization: Basic dXNlcjpwYXNz', ['dXNlcjpwYXNz']],
    ['{"Authorization":"Bearer abc123"}', ['abc123']],
    ['{\\"authorization\\":\\"Bearer abc123\\"}', ['abc123']],
    ['"authorization":["Bearer abc123"]', ['abc123']],
    ["curl -H 'Authorization: Token abc123' https://x", ['abc123']],
    ['level=info authorization="Bearer abc123" status=200', ['abc123']],
    ['Proxy-Authorization: Negotiate YIIabc123==', ['YIIabc123==']],
    ['HTTP_AUTHORIZATION=Bearer abc123 X=1', ['abc123']],
    ['Authorization: Digest username="u", response="6629fae4"\r\nHost: x', ['username="u", response="6629fae4"']],
    [
      'Authorization: AWS4-HMAC-SHA256 Credential=A/1/s3/aws4_request, Signature=fe5f80\nHost: x',
      ['Credential=A/1/s3/aws4_request, Signature=fe5f80'],
    ],
    ['Cookie: sid=abc; theme=dark\r\nHost: x', ['sid=abc; theme=dark']],
    ['Set-Cookie: sid=abc; Path=/; HttpOnly', ['sid=abc; Path=/; HttpOnly']],
    ['{"cookie":"sid=abc; b=c"}', ['sid=abc; b=c']],
    ['x-api-key: abcdef123456', ['abcdef123456']],
    ['sent Bearer abcdefgh12345678ijkl to it', ['abcdefgh12345678ijkl']],
    ['curl -u admin:hunter2 https://x', ['hunter2']],
    ["curl --user 'admin:hun ter2' https://x", ['hun ter2']],
  ])('%s', (text, expected) => {
    expect(found(text, 'authorization')).toEqual(expected);
  });

  it.each([
    'authorization: denied',
    'Authorization: Bearer',
    'authorization required',
    'cookie: missing',
    'Authorization: user is not allowed',
    'token bearer of bad news',
  ])('leaves %s', (text) => {
    expect(found(text, 'authorization')).toEqual([]);
  });
});

describe('url-password', () => {
  it.each([
    ['postgres://app:hunter2@db:5432/x', 'hunter2'],
    ['redis://:s3cr3t@cache:6379', 's3cr3t'],
    ['mongodb+srv://u:p%40ss%2Fw@c.example.net/', 'p%40ss%2Fw'],
    ['amqp://u:p@ss!$w@mq/vhost', 'p@ss!$w'],
    ['https://u:a/b#c@example.com/path', 'a/b#c'],
    ['"url":"https:\\/\\/u:secret@example.com\\/"', 'secret'],
    ['https://abcdefghij0123456789@github.com/x', 'abcdefghij0123456789'],
    ['at jdbc:mysql://u:x1@[::1]:3306/', 'x1'],
  ])('%s', (text, expected) => {
    expect(found(text, 'url-password')).toEqual([expected]);
  });

  it.each([
    'https://example.com:8080/a@b',
    'ssh://git@github.com/x',
    'https://u:***@h/',
    'http://h/?m=a:b@c.d',
    'https://u:@h',
    'http://[::1]:80/@x',
  ])('leaves %s', (text) => {
    expect(found(text, 'url-password')).toEqual([]);
  });
});

describe('jwt', () => {
  it('finds signed, unsigned, encrypted and cut ones', () => {
    const [header = '', payload = ''] = JWT.split('.');
    const jwe = [base64url({ alg: 'dir', enc: 'A128GCM' }), '', 'aXY', 'Y2lwaGVy', 'dGFn'].join('.');
    for (const token of [JWT, `${header}.${payload}.`, `${header}.${payload}`, jwe]) {
      expect(found(`t=${token} x`, 'jwt')).toEqual([token]);
    }
  });

  it('leaves other JSON in base64', () => {
    expect(found(`${base64url({ page: 2 })}.${base64url({ id: 1 })}.abc ${base64url({ alg: 'none' })}`, 'jwt')).toEqual(
      [],
    );
  });
});

describe('api-key', () => {
  it('finds keys within texts, URLs and escapes', () => {
    const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    for (const text of [token, `x ${token}, y`, `a\\n${token}\\nb`, `?q%3D${token}&b`, `"${token}"`, `pre_${token}`]) {
      expect(found(text, 'api-key')).toEqual([token]);
    }
  });

  it('finds what only a mark or digits before it tell apart', () => {
    const azure = `abc8Q~${'aB3-_x9Zk'.repeat(2)}.aB3-_x9Zk.q1a`;
    const telegram = `123456789:AA${'h4Jk9_-sLq2'.repeat(3)}`;
    expect(found(`secret ${azure}`, 'api-key')).toEqual([azure]);
    expect(found(`bot${telegram}/getMe`, 'api-key')).toEqual([telegram]);
  });

  it('takes the whole value of a field whose name hints at a vendor or a key', () => {
    const value = 'q8Zk3Lw9Xv2Tn7Rb5Yh1Jd6Fm4Gs0Pc2';
    expect(found(value, 'api-key', 'adafruit.value')).toEqual([value]);
    expect(found(value, 'api-key', 'page.id')).toEqual([]);
  });

  it('leaves prefixes without a key and placeholders', () => {
    expect(
      found(`ghp_${'x'.repeat(36)} sk_live_ AKIA xoxb-your-token-here hf_transformers_model_layers`, 'api-key'),
    ).toEqual([]);
  });
});

describe('secret', () => {
  it.each([
    ['password=hunter2', 'hunter2'],
    ['login failed, pwd: x9!, user: a', 'x9!'],
    ['{"password":"hunter 2, \\"quoted\\""}', 'hunter 2, \\"quoted\\"'],
    ['{\\"password\\":\\"hunter2\\"}', 'hunter2'],
    ['{\\\\\\"password\\\\\\":\\\\\\"hunter2\\\\\\"}', 'hunter2'],
    ['GET /cb?code=1&access_token=abc123&x=1', 'abc123'],
    ['redirect=%2Fcb%3Ftoken%3Dabc123%26x%3D1', 'abc123'],
    ['Server=x;User Id=y;Password=p@ss,w0rd;Encrypt=1', 'p@ss,w0rd'],
    ['User{name=a, password=abc, age=3}', 'abc'],
    ['<password>x y</password>', 'x y'],
    ['mysql --user root --password hunter2 db', 'hunter2'],
    ["client_secret: 'abc-def'", 'abc-def'],
    ['api_key := "k1x"', 'k1x'],
    ['{"name":"DB_PASSWORD","value":"hunter2"}', 'hunter2'],
    ['<add key="Password" value="hunter2" />', 'hunter2'],
    ['user[password]=hunter2', 'hunter2'],
    ['env:\n- name: DB_PASSWORD\n  value: hunter2\n- name: MODE\n  value: fast', 'hunter2'],
    ['- name: DB_PASSWORD\\n  value: hunter2\\n', 'hunter2'],
    ['a\\npassword=hunter2\\nb', 'hunter2'],
    ['AccountName=a;AccountKey=abc123+/x==;', 'abc123+/x=='],
    ['auth=q8Zk3Lw9Xv2Tn7Rb5Yh1Jd6Fm4Gs0Pc2', 'q8Zk3Lw9Xv2Tn7Rb5Yh1Jd6Fm4Gs0Pc2'],
    ['password="never closed', 'never closed'],
  ])('%s', (text, expected) => {
    expect(found(text, 'secret')).toEqual([expected]);
  });

  it.each([
    'token=null',
    'password: required',
    'password=',
    'password=""',
    'password=***',
    `password=$\{DB_PASSWORD}`,
    'token=[REDACTED:secret]',
    'primary_key=12345 cache_key=a1b2c3d4e5f6a7b8 key_count=3',
    'tokens=512 max_tokens: 100 token_type=bearer auth_method=oidc secretName: db-tls',
    'password_reset=true passed=3 author=jane',
    'secret = config.get("x")',
    'Unexpected token: foo',
    'password: must be at least 8',
    'PWD=/srv/app',
    'if (password == null)',
    'wtoken = AppWindowToken{9f4ef63 token=Token{a64f992 ActivityRecord{de9231d u0 com.acme/.Main t761}}}',
    'setWindow token=android.os.BinderProxy@5a1b2c3',
    'kept token=com.acme.server.wm.Token',
    'SELECT 1 WHERE password=$1',
    'rotated arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf',
  ])('leaves %s', (text) => {
    expect(found(text, 'secret')).toEqual([]);
  });

  it('looks for the names of the policy', () => {
    const policy = PrivacyPolicy.parse({ secretFields: ['pin_code'] });
    const parts: string[] = [];
    const text = 'userPinCode=1234';
    for (const detector of createSecretDetectors(policy)) {
      detector.find(text, { name: 'message', place: 'message' }, (start, end) => parts.push(text.slice(start, end)));
    }
    expect(parts).toEqual(['1234']);
  });

  it('finds the values of a Kubernetes secret', () => {
    const yaml =
      'kind: Secret\nmetadata:\n  name: db\ndata:\n  user: YWRtaW4=\n  pem: |\n    QUJD\n    REVG\ntype: Opaque';
    expect(found(yaml, 'secret')).toEqual(expect.arrayContaining(['YWRtaW4=', 'QUJD', 'REVG']));
    expect(found('{"kind":"Secret","data":{"a":"YWJj","b":"ZGVm"}}', 'secret')).toEqual(['YWJj', 'ZGVm']);
    expect(found('kind: ConfigMap\ndata:\n  user: YWRtaW4=', 'secret')).toEqual([]);
  });
});
