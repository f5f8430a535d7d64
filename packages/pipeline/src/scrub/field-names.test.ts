import { describe, expect, it } from 'vitest';
import { createNameStrength, isSecretName, NameStrength } from './field-names.ts';
import { nameSegments } from './name-segments.ts';

const SECRET = `password passwd pwd user.password db_password dbPassword DB_PASSWORD new-password password_confirmation password_hash
  clientSecret client_secret X-Api-Key apiKey APIKey api_key stripe.apikey authorization http.request.header.authorization access_token
  accessToken refresh_token id_token auth-token bot_token token secret secrets credentials aws_secret_access_key private_key
  privateKeyPem signing_key encryption_key set-cookie cookie http.request.header.cookie proxy-authorization csrf_token jwt
  password1 secret_2 token_value passphrase db_pass smtp.pass AccountKey SharedAccessKey cvv otp seed_phrase connect.sid JSESSIONID
  passwordHash basicAuth PassWord pw security_code mfaCode`;
const HARMLESS = `token_count tokens input_tokens max_tokens token_type password_changed_at password_reset secret_name secretName
  primary_key partition.key messaging.kafka.message.key cache.key cacheKey idempotency_key foreign_key key author authority
  authenticated auth_method auth.provider passed pass compass session_id session.id keyboard monkey turkey tokenizer next_page_token
  continuation_token public_key publicKey key_id api_version api access_log cookie_name cookies_enabled secretary oldpwd trace_id
  user.name message x nextPageToken error_code status.code postal_code`;

function namesOf(list: string): string[] {
  return list.split(/\s+/);
}

describe('isSecretName', () => {
  it.each(namesOf(SECRET))('takes %s for a secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each(namesOf(HARMLESS))('leaves %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });

  it('adds the names of a policy, wherever a name ends in them and however it is written', () => {
    const own = ['pin_code', 'X-Internal'];
    expect(['pinCode', 'user.pin-code', 'PIN_CODE', 'x_internal'].map((name) => isSecretName(name, own))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['spin_code', 'pin_code_length', ''].map((name) => isSecretName(name, own))).toEqual([false, false, false]);
    expect(isSecretName('anything', ['', '...'])).toBe(false);
  });

  it('says less of names that only hint at secrets', () => {
    const strengthOf = createNameStrength([]);
    expect(strengthOf('secret_key_base')).toBe(NameStrength.weak);
    expect(strengthOf('adafruit_key')).toBe(NameStrength.weak);
    expect(strengthOf('cache_key')).toBe(NameStrength.none);
  });

  it('answers for any name', () => {
    for (const name of [
      '',
      '.',
      '__proto__',
      'constructor',
      '\ud800',
      'İpassword',
      'é'.repeat(1000),
      '_'.repeat(1000),
    ]) {
      expect(typeof isSecretName(name)).toBe('boolean');
    }
  });
});

describe('nameSegments', () => {
  it('splits camel case, snakes, dashes and dots alike', () => {
    const expected = ['x', 'api', 'key2'];
    expect(['X-Api-Key2', 'xApiKey2', 'x.api_key2', 'XAPIKey2', '--x--api--key2--'].map(nameSegments)).toEqual([
      expected,
      expected,
      expected,
      ['xapi', 'key2'],
      expected,
    ]);
  });
});
