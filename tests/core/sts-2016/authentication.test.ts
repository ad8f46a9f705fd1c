/** The two ways in which the draft of March 2016 (§3.3) lets a policy be authenticated, and all that is none. */
import { expect, test } from 'vitest';
import type { FetchPolicyAnswer } from '../../../src/core/smtp/ask.ts';
import { nameOf } from '../../../src/core/dns/name.ts';
import { isAuthentic } from '../../../src/core/sts-2016/in-force.ts';
import { certificateOf, ran, served } from '../../world.ts';

const domain = nameOf('example.nl');
const now = 500;
const text = 'v=STS1; to=true;';
const leaf = certificateOf({ dnsNames: ['sts.example.nl'] });
const response = served(text, { chain: [leaf] });
const webpki = 'webpki:https://sts.example.nl/policy';

/** The outcome, and what was fetched on the way. */
function judged(
  method: string | undefined,
  answer: FetchPolicyAnswer,
  security: 'secure' | 'insecure',
) {
  const { result, asked } = ran(isAuthentic(method, { text, security }, domain, now), {
    'fetch-policy': answer,
  });
  return {
    result,
    fetched: asked.map((each) => each.ask === 'fetch-policy' && `${each.host}${each.path}`),
  };
}

test.each<[string, string, FetchPolicyAnswer, 'secure' | 'insecure', readonly string[]]>([
  ['a signed TXT answer', 'dnssec', response, 'secure', []],
  [
    'an equal copy on a web server of the domain',
    webpki,
    response,
    'insecure',
    ['sts.example.nl/policy'],
  ],
  [
    'a copy at the root of it',
    'webpki:https://sts.example.nl',
    response,
    'insecure',
    ['sts.example.nl/'],
  ],
  [
    'a host in capitals',
    'WEBPKI:https://STS.EXAMPLE.NL/',
    response,
    'insecure',
    ['sts.example.nl/'],
  ],
  [
    'a copy on the domain itself',
    'webpki:https://example.nl/p',
    { ...response, chain: [{ ...leaf, dnsNames: ['example.nl'] }] },
    'insecure',
    ['example.nl/p'],
  ],
])('%s authenticates', (_, method, answer, security, fetched) => {
  expect(judged(method, answer, security)).toEqual({ result: true, fetched });
});

test.each<[string, string | undefined]>([
  ['no method', undefined],
  ['a TXT answer that is not signed', 'dnssec'],
  ['what is no address', 'webpki:nothing'],
  ['an address without encryption', 'webpki:http://sts.example.nl/'],
  ['an address without a host', 'webpki:https:/policy'],
  ['the web server of somebody else', 'webpki:https://sts.example.org/'],
  ['a name that only ends alike', 'webpki:https://badexample.nl/'],
])('%s does not, and nothing is fetched', (_, method) => {
  expect(judged(method, response, 'insecure')).toEqual({ result: false, fetched: [] });
});

test.each<[string, FetchPolicyAnswer]>([
  ['a web server that is not there', { kind: 'failed', why: 'no-connection' }],
  ['a page that is not there', { ...response, status: 404 }],
  ['a certificate that nobody trusts', { ...response, leadsToTrustedRoot: false }],
  ['no certificate', { ...response, chain: [] }],
  ['a certificate of yesterday', { ...response, chain: [{ ...leaf, notAfterSeconds: now - 1 }] }],
  ['a certificate of tomorrow', { ...response, chain: [{ ...leaf, notBeforeSeconds: now + 1 }] }],
  [
    'a certificate for another name',
    { ...response, chain: [{ ...leaf, dnsNames: ['example.nl'] }] },
  ],
  ['a copy that differs by one octet', { ...response, body: `${text} ` }],
])('%s does not authenticate', (_, answer) => {
  expect(judged(webpki, answer, 'insecure')).toEqual({
    result: false,
    fetched: ['sts.example.nl/policy'],
  });
});
