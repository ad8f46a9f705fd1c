/**
 * Everything that reads what strangers write, in one list: each reader with a good text, and with the
 * places of a text where something may be repeated. Whoever writes a reader adds it here; tests of growth
 * and of foreign keys take all of them. Knows no Node: the same list runs in browsers.
 */
import { encodeTlsa } from '../../src/core/dane/usable.ts';
import { parseDomainInput } from '../../src/core/check/domain-input.ts';
import { readListLine } from '../../src/core/check/list-input.ts';
import { readList } from '../read-list.ts';
import { readRows } from '../../src/core/check/list-row.ts';
import { parseRecording } from '../../src/core/check/recording.ts';
import { readPolicy } from '../../src/core/check/sts-policy.ts';
import { readTlsaLines } from '../../src/core/dane/tlsa-lines.ts';
import { parseTlsa } from '../../src/core/dane/tlsa.ts';
import { quoted } from '../../src/core/dns/format.ts';
import { nameOf, parseName } from '../../src/core/dns/name.ts';
import { nameKey } from '../../src/core/grammar/idn.ts';
import { parseUri } from '../../src/core/grammar/uri.ts';
import { looseRecordId } from '../../src/core/mta-sts/loose-reading.ts';
import { matchMx } from '../../src/core/mta-sts/match.ts';
import {
  idlePattern,
  isWildcardOfTop,
  meantKey,
  modeFault,
  mxFault,
  otherFile,
  versionFault,
} from '../../src/core/mta-sts/near-miss.ts';
import { parseStsPolicy } from '../../src/core/mta-sts/policy.ts';
import { parseStsRecord } from '../../src/core/mta-sts/record.ts';
import { firstElement, kindOfDer } from '../../src/core/pkix/der.ts';
import { nameFits } from '../../src/core/pkix/certificate.ts';
import { parseTxtData } from '../../src/core/publish/plan.ts';
import { parseSts2016Record } from '../../src/core/sts-2016/record.ts';
import { batchOf } from '../../src/core/tls-rpt/batch.ts';
import { parseTlsRptRecord } from '../../src/core/tls-rpt/record.ts';
import { parseTlsReport } from '../../src/core/tls-rpt/report.ts';
import { totalsPerPolicy } from '../../src/core/tls-rpt/totals.ts';
import { mxPatterns, reportAddresses } from '../../src/view/publish/view.ts';
import { showReports } from '../../src/view/tls-rpt/view.ts';
import { parseAnchors } from '../../src/world/live/anchor.ts';
import { listCertificates } from '../../src/world/certificates/certificate-list.ts';
import { parametersOf } from '../../src/world/files/mail-parameters.ts';
import { looksLikeMail, mailsOf, partsOf, shapeFault } from '../../src/world/files/mail-parts.ts';
import { readCertificateFile, readPem } from '../../src/world/certificates/pem.ts';
import { withoutPrivateKeys } from '../../src/world/certificates/private-key.ts';
import { reportOfRecording } from '../../src/world/recorded.ts';
import { resolverAddress } from '../../src/world/live/resolver-address.ts';
import { parseScenario } from '../../src/world/simulated/scenario-file.ts';
import { showReport } from '../../src/view/check/report-view.ts';

export interface Parser {
  readonly name: string;
  /** Reads, and does with what was read what comes next. Never throws. */
  readonly read: (text: string) => unknown;
  /** What it reads without a fault, as far as a short text can be that. */
  readonly good: string;
  /** Where something is repeated: before it, behind it. */
  readonly frames: readonly (readonly [before: string, after: string])[];
}

const octets = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (each) => each.charCodeAt(0));
/** As Windows writes text: UTF-16, low octet first, with its mark. */
const wide = (text: string) =>
  Uint8Array.from({ length: 2 * text.length + 2 }, (_, at) => {
    const unit = at < 2 ? 0xfeff : text.charCodeAt((at >> 1) - 1);
    return at % 2 === 0 ? unit & 0xff : unit >> 8;
  });
const host = nameOf('mx.example.nl');

const report = JSON.stringify({
  'organization-name': 'Example',
  'date-range': {
    'start-datetime': '2026-11-23T00:00:00Z',
    'end-datetime': '2026-11-23T23:59:59Z',
  },
  'contact-info': 'tls@example.com',
  'report-id': 'one',
  policies: [
    {
      policy: { 'policy-type': 'sts', 'policy-string': ['v'], 'policy-domain': 'example.nl' },
      summary: { 'total-successful-session-count': 1, 'total-failure-session-count': 1 },
      'failure-details': [
        {
          'result-type': 'certificate-expired',
          'receiving-mx-hostname': 'mx.example.nl',
          'failed-session-count': 1,
        },
      ],
    },
  ],
});
const policy = 'version: STSv1\r\nmode: enforce\r\nmx: mx.example.nl\r\nmax_age: 86400\r\n';
const row = JSON.stringify({
  domain: 'example.nl',
  checkedAtSeconds: 1,
  standing: 'dane',
  mx: 'hosts',
  mxHosts: 1,
  dnssec: 'secure',
  dane: 'all-hosts',
  sts: 'absent',
  tlsRpt: 'absent',
});
const recording = JSON.stringify({
  format: 1,
  domain: 'a.nl',
  at: 1_750_000_000,
  l: [
    [
      'a.nl',
      'A',
      'secure',
      'dnssec.chain-secure',
      ['r', 'secure', [['b.nl', 'a.nl', 'secure', 1]], [['a.nl', 60, 'wAACAQ']]],
    ],
    ['a.nl', 'MX', 'secure', 'dnssec.chain-secure', ['f', 'timeout']],
  ],
  p: policy,
});
const mail = (encoding: string, body: string) =>
  `From: a@example.com\nContent-Type: multipart/report; boundary="b"\n\n--b\nContent-Type: application/tlsrpt+json; name="a.json"\nContent-Transfer-Encoding: ${encoding}\n\n${body}\n--b--\n`;
const quotedPrintable = mail('quoted-printable', '@');
const base64 = mail('base64', '@');
const aroundBody = (text: string): readonly [string, string] => {
  const at = text.lastIndexOf('@');
  return [text.slice(0, at), text.slice(at + 1)];
};
const begin = '-----BEGIN CERTIFICATE-----\n';
const end = '\n-----END CERTIFICATE-----\n';
const association = 'ab'.repeat(32);

const readMail = (text: string) => {
  const given = octets(text);
  looksLikeMail(given);
  return mailsOf(given).map((mail) => [shapeFault(mail), partsOf(mail)]);
};

const readReport = (text: string) => {
  const read = parseTlsReport(text);
  if (!read.ok) return read;
  const remarks = read.warnings.map(({ code, found = '' }) => ({ situation: code, part: found }));
  totalsPerPolicy([read.value, read.value]);
  const found = { ok: true, place: ['a'], report: read.value, remarks } as const;
  return [batchOf([found, found]), showReports([found])];
};

export const parsers: readonly Parser[] = [
  {
    name: 'a typed domain',
    read: parseDomainInput,
    good: 'https://user@example.nl:1/a?b#c',
    frames: [
      ['', ''],
      ['', '.nl'],
      ['https://', '/'],
      ['jan@', '.nl'],
      ['https://a@', ':1/?#'],
    ],
  },
  {
    name: 'a line of a list',
    read: (text) => readListLine(text, 1, true),
    good: 'Jan <jan@example.nl>, "example.nl" # word',
    frames: [
      ['', ''],
      ['a.nl ', ' # b'],
      ['a', 'b'],
      ['<', '>'],
      ['a.nl;"', '"'],
      ['{"domain":"a', '"}'],
    ],
  },
  {
    name: 'a list',
    read: readList,
    good: 'domain\nexample.nl\n# word\njan@example.org, example.com',
    frames: [
      ['', ''],
      ['a.nl\n', '\nb.nl'],
      ['a', 'b'],
      ['<', '>'],
    ],
  },
  {
    name: 'rows of an earlier run',
    read: readRows,
    good: `{"format":1,"rows":[${row}]}`,
    frames: [
      ['', ''],
      [`${row}\n`, row],
      ['[', ']'],
      ['{"rows":[', ']}'],
    ],
  },
  {
    name: 'a recording',
    read: (text) => {
      const read = parseRecording(text);
      if (read) showReport(reportOfRecording(read), new Map());
      return read;
    },
    good: recording,
    frames: [
      ['', ''],
      ['{"format":1,"domain":"', '"}'],
      ['{"format":1,"domain":"a.nl","at":1,"l":[', ']}'],
      ['{"format":1,"domain":"a.nl","at":1,"l":[],"p":"', '"}'],
    ],
  },
  {
    name: 'a policy',
    read: (text) => [readPolicy('given', text, [host]), parseStsPolicy(octets(text))],
    good: policy,
    frames: [
      ['', ''],
      [policy, ''],
      ['version: STSv1\n', '\nmode: none\nmax_age: 1\n'],
      ['version: STSv1\nmode: enforce\nmx: ', '\nmax_age: 1\n'],
      ['version: STSv1\nmode: none\nmax_age: ', '\n'],
      ['version: STSv1\nmode: none\nmax_age: 1\nx', ': y\n'],
    ],
  },
  {
    name: 'a policy with the header of its answer',
    read: (text) => readPolicy('fetched', policy, [host], { status: 200, contentType: text }),
    good: 'text/plain; charset=utf-8',
    frames: [
      ['', ''],
      ['text/plain', ''],
      ['text/plain; charset', '=utf-8'],
      ['text/plain; charset="', '"'],
    ],
  },
  {
    name: 'patterns of a policy',
    read: (text) => [matchMx([text, `*.${text}`], host), matchMx(['*.example.nl'], text)],
    good: '*.example.nl',
    frames: [
      ['', ''],
      ['*.', '.nl'],
      ['a.', '.'],
    ],
  },
  {
    name: '_mta-sts',
    read: (text) => [
      parseStsRecord([[text]]),
      parseStsRecord([['v=STSv1; id=1'], [text]]),
      looseRecordId([[text]]),
    ],
    good: 'v=STSv1; id=20160101T000000; a=b;',
    frames: [
      ['', ''],
      ['v=STSv1', ''],
      ['v=STSv1; ', ''],
      ['v=STSv1; id=', ''],
      ['v=STSv1; id=1; ', ' x'],
      ['v=STSv1; id=1; a=', ';'],
    ],
  },
  {
    name: '_smtp._tls',
    read: (text) => [
      parseTlsRptRecord([[text]]),
      parseTlsRptRecord([['v=TLSRPTv1; rua='], [text]]),
    ],
    good: 'v=TLSRPTv1; rua=mailto:a@example.nl,https://example.nl/x; a=b',
    frames: [
      ['', ''],
      ['v=TLSRPTv1', ''],
      ['v=TLSRPTv1; ', ''],
      ['v=TLSRPTv1; rua=', ''],
      ['v=TLSRPTv1; rua=mailto:a@b.nl', ',mailto:c@d.nl'],
      ['v=TLSRPTv1; rua=https://', '/x'],
      ['v=TLSRPTv1; rua=mailto:', '@b.nl'],
    ],
  },
  {
    name: '_smtp_sts',
    read: (text) => [parseSts2016Record([[text]]), parseSts2016Record([['v=STS1'], [text]])],
    good: 'v=STS1; to=true; mx=*.example.nl; a=dnssec; c=tlsa; e=60; rua=mailto:a@example.nl!1k',
    frames: [
      ['', ''],
      ['v', '=STS1; to=true'],
      ['v=STS1; to=true; ', ''],
      ['v=STS1; to=true; mx=', ''],
      ['v=STS1; to=true; a=', ''],
      ['v=STS1; to=true; rua=', ''],
      ['v=STS1; to=true; rua=mailto:a@b.nl', ',x:'],
      ['v=STS1; to=true; rua=mailto:a@b.nl!', 'k'],
    ],
  },
  {
    name: 'a TLSA record',
    read: (text) => {
      const read = parseTlsa(text);
      return read.ok ? encodeTlsa(read.value) : read;
    },
    good: `3 1 1 ( ${association} ) ; word`,
    frames: [
      ['', ''],
      ['3 1 1 ', ''],
      ['3 1 1 (', ')'],
      ['3 1 1 ( ab', 'cd ) x'],
      ['3', ' 1 1 ab'],
      ['\\# ', ' 030101ab'],
      ['\\# 4 030101', 'ab'],
    ],
  },
  {
    name: 'TLSA lines',
    read: readTlsaLines,
    good: `_25._tcp.mx.example.nl. 3600 IN TLSA 3 1 1 ${association}`,
    frames: [
      ['', ''],
      ['3 1 1 ab\n', '\n3 1 1 cd'],
      ['a. ', ' IN TLSA 3 1 1 ab'],
      ['a. 1 IN TLSA', ' 3 1 1 ab'],
      ['a. 1 IN', ' TLSA 3 1 1 ab'],
      ['3 1 1 (', ')'],
      ['', ' IN TLSA 3 1 1 ab'],
    ],
  },
  {
    name: 'the data of a TXT record',
    read: parseTxtData,
    good: '"a\\034b" c\\;d',
    frames: [
      ['', ''],
      ['"', '"'],
      ['"a" ', ' "b"'],
    ],
  },
  {
    name: 'a character-string, written',
    read: quoted,
    good: 'a"b\\c',
    frames: [['', '']],
  },
  {
    name: 'a URI',
    read: parseUri,
    good: 'https://user@example.nl:1/a/b?c#d',
    frames: [
      ['', ''],
      ['x:', ''],
      ['x://', '/'],
      ['x://a@', ':1/'],
      ['x://[', ']/'],
      ['x://[::', '::1]/'],
      ['x://a/', ''],
      ['x:a?', '#'],
      ['x', ':a'],
    ],
  },
  {
    name: 'a domain name',
    read: (text) => [parseName(text), nameKey(text), nameFits(text, 'mx.example.nl')],
    good: 'mx.example.nl.',
    frames: [
      ['', ''],
      ['a.', '.nl'],
      ['é', '.nl'],
      ['*.', '.nl'],
    ],
  },
  {
    name: 'a TLS report',
    read: readReport,
    good: report,
    frames: [
      ['', ''],
      ['{"date-range":', '}'],
      [report.slice(0, report.indexOf('2026-11-23T00') + 19), report.slice(report.indexOf('Z"'))],
      [report.slice(0, report.indexOf('[{"policy"') + 1), ']}'],
      [
        report.slice(0, report.indexOf('example.nl')),
        report.slice(report.indexOf('example.nl') + 10),
      ],
      [
        report.slice(0, report.indexOf('certificate-expired')),
        report.slice(report.indexOf('certificate-expired') + 19),
      ],
    ],
  },
  {
    name: 'trust anchors',
    read: parseAnchors,
    good: `. IN DS 20326 8 2 ${association}`,
    frames: [
      ['', ''],
      ['. IN DS 1 8 2 ', ''],
      ['. IN DNSKEY 257 3 8 ', ''],
      ['. IN DS 1 8 2 ab ', '\r x'],
      ['.', ' DS 1 8 2 ab'],
    ],
  },
  {
    name: 'a mail',
    read: readMail,
    good: mail('7bit', '{}'),
    frames: [
      ['', ''],
      ['From: a', '\n\nx'],
      ['From: a\nContent-Type: text/plain', '\n\nx'],
      ['From: a\nContent-Type: multipart/mixed; boundary="', '"\n\nx'],
      aroundBody(quotedPrintable),
      aroundBody(base64),
      ['From: a\nContent-Type: message/rfc822\n\n', '\n'],
      ['From a Mon Sep 21 00:00:00 2026\n', '\nFrom: a\n\nx'],
      ['From a Mon Sep 21 00:00:00 2026\nFrom: a\n\n', '\n\nFrom b\nFrom: b\n'],
      ['From a Mon Sep 21 00:00:00 2026\nFrom: a\n\n>', 'From b\n'],
    ],
  },
  {
    name: 'parameters of a mail header field',
    read: (text) => [...parametersOf(text)],
    good: `a/b; boundary*0="x\\"y"; boundary*1=z; name*=utf-8'nl'r%C3%A9; c=d`,
    frames: [
      ['', ''],
      ['a/b; boundary="', '"'],
      ['a/b; boundary*0=', '; boundary*1=b'],
      ["a/b; name*=utf-8'nl'", ''],
      ['a/b; ', '=c'],
    ],
  },
  {
    name: 'PEM',
    read: readPem,
    good: `${begin}MAMCAQA=${end}`,
    frames: [
      ['', ''],
      [begin, end],
      [`${begin}a: b\n`, `\n\nMAMCAQA=${end}`],
      ['-----BEGIN X-----\n', '\n-----END X-----\n'],
      ['CONNECTED(', ')\n'],
      ['MAMC', ''],
      ['', `${begin}MAMCAQA=${end}`],
    ],
  },
  {
    name: 'a file with certificates',
    read: (text) => [
      listCertificates(readCertificateFile(octets(text))),
      listCertificates(readCertificateFile(latin1(text))),
      listCertificates(readCertificateFile(wide(text))),
    ],
    good: `${begin}MAMCAQA=${end}`,
    frames: [
      ['', ''],
      ['0', ''],
      [begin, end],
    ],
  },
  {
    name: 'what kind of thing DER is',
    read: (text) => [kindOfDer(latin1(text)), firstElement(latin1(text))],
    good: '0\x03\x02\x01\0',
    frames: [
      ['', ''],
      ['0\x82\xc3\x500', ''],
      ['0\x80\x06\x09', ''],
    ],
  },
  {
    name: 'what is meant in a policy',
    read: (text) => [
      [otherFile(text), meantKey(text), modeFault(text), versionFault(text)],
      [mxFault(text), idlePattern(text), isWildcardOfTop(text)],
    ],
    good: 'mx.example.nl.',
    frames: [
      ['', ''],
      ['a://', '\u2028'],
      ['1 ', ' a b'],
      ['[', ']x'],
      ['mx', ':1x'],
      ['\ufeff', '<html'],
      ['PK\x03\x04', ''],
    ],
  },
  {
    name: 'private keys in a text',
    read: withoutPrivateKeys,
    good: `${begin}MAMCAQA=${end}`,
    frames: [
      ['private ', ''],
      ['-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----'],
      ['-----BEGIN PRIVATE KEY-----', ''],
      ['', '-----END PRIVATE KEY-----'],
      ['{"kty":"EC"', ',"d":"x"}'],
      ['Private-Lines: ', ''],
      ['', ' PRIVATE KEY'],
    ],
  },
  {
    name: 'a scenario',
    read: parseScenario,
    good: '{"format":1}',
    frames: [
      ['', ''],
      ['{"domain":"', '"}'],
      ['{"servers":[{"address":"', '"}]}'],
      ['{"zones":[', ']}'],
      ['{"certificates":{', '}}'],
      ['{"zones":[{"records":[{"type":"TLSA","of":{"hex":"', '"}}]}]}'],
    ],
  },
  {
    name: 'the address of a DNS service',
    read: resolverAddress,
    good: 'https://dns.example/dns-query',
    frames: [
      ['', ''],
      ['https://', '/'],
      ['http://127.', '/'],
    ],
  },
  {
    name: 'what is typed for a plan',
    read: (text) => [mxPatterns(text), reportAddresses(text)],
    good: 'example.nl. 60 IN MX 10 mx.example.nl.',
    frames: [
      ['', ''],
      ['a ', ' IN MX 10 b'],
      ['a IN ', ' MX 10 b'],
      ['10', ' b'],
    ],
  },
];

/** What is repeated: blanks and ends of lines, signs that some grammar knows, and pieces of each. */
export const units: readonly string[] = [
  ...[
    ' ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '\n ',
    ' \n',
    '\r ',
    '\v',
    '\f',
    '\0',
    '\u00a0',
    '\u2028',
  ],
  ...['a', '1', 'é', 'ς', '界', '😀', '\u0301', '\u200b', '\u200d', '\ufeff', '\u202e', '\ud800'],
  ...[
    '.',
    '..',
    'a.',
    ',',
    ', ',
    ';',
    '; ',
    ':',
    '::',
    ': ',
    '=',
    '=\n',
    '= ',
    ' =\n',
    '=41',
    '#',
    ' #',
  ],
  ...[
    '@',
    'a@',
    '<',
    '>',
    '<a@',
    '/',
    '//',
    '/a',
    '?',
    '!',
    '!1',
    '%',
    '%41',
    '*',
    '*.',
    '-',
    '--',
    '_',
  ],
  ...[
    '(',
    ')',
    '()',
    '( ',
    '[',
    ']',
    '[]',
    '{',
    '}',
    '{}',
    '"',
    '""',
    '"a',
    '\\',
    '\\"',
    '\\0',
    '\\#',
    "'",
  ],
  ...[
    'a;',
    'a=b;',
    'a: b\n',
    'mx: a\n',
    'mx: a.nl\n',
    'x\n',
    ' IN ',
    ' IN A',
    ' TLSA ',
    '3 1 1 ab\n',
  ],
  ...[
    ',mailto:a@b',
    'mailto:',
    'rua=a;',
    'id=1;',
    '--b\n',
    '--b\n\n',
    'a:b\n\n',
    '\n\nFrom a\nb:c\n',
    '; a*1=b',
    '-----',
    '-----BEGIN ',
  ],
  ...[
    '-----BEGIN X-----',
    '-----END X-----',
    begin,
    end,
    `${begin}MAA=${end}`,
    'PRIVATE KEY',
    '"kty"',
    '"d":',
    '"kty""d" ',
    'xn--',
    '0x',
  ],
  ...[
    '[],',
    '{},',
    '"a",',
    '1,',
    '{"a":',
    '"a":1,',
    '\\u0000',
    'a.nl ',
    'a.nl,',
    'a.nl\n',
    'é.nl ',
  ],
];

/** Names that every object has without having got them. */
export const inherited: readonly string[] = [
  ...['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf'],
  ...['propertyIsEnumerable', 'toLocaleString', '__defineGetter__', '__lookupGetter__'],
  ...['prototype', 'length', 'name', 'then', 'toJSON'],
];

/** A text of about so many characters. */
const repeated = (
  [before, after]: readonly [string, string],
  unit: string,
  characters: number,
): string => before + unit.repeat(Math.ceil(characters / unit.length)) + after;

/** Short enough that a busy machine is not taken for slow code; a square of the longer text takes seconds. */
const unsuspicious = 50;
const longest = 1500;
const lengths = [5000, 50_000] as const;

/**
 * How reading grows with the text: what throws, what takes too long, and what takes much more than ten
 * times as long for ten times the text. Each suspicion is measured again, because machines are busy.
 * `clock`: milliseconds; where there is one, that of the processor's time.
 */
export function* growthFaults(
  chosen: readonly Parser[] = parsers,
  chosenUnits: readonly string[] = units,
  clock: () => number = () => performance.now(),
): Generator<{ readonly fault: string | undefined }> {
  const [short, long] = lengths;
  const milliseconds = (read: Parser['read'], text: string): number => {
    const start = clock();
    read(text);
    return clock() - start;
  };
  for (const { name, read, frames } of chosen)
    for (const frame of frames)
      for (const unit of chosenUnits) {
        const where = `${name}, ${JSON.stringify(frame)}, ${JSON.stringify(unit)}`;
        const [one, ten] = [repeated(frame, unit, short), repeated(frame, unit, long)];
        let fault: string | undefined;
        for (let tries = 0; tries < 5; tries += 1) {
          try {
            const took = milliseconds(read, ten);
            fault = undefined;
            if (took < unsuspicious) break;
            const before = Math.min(milliseconds(read, one), milliseconds(read, one));
            if (took < longest && took < 40 * Math.max(before, 1)) break;
            fault = `${where}: ${Math.round(before)} ms, and ${Math.round(took)} ms for ten times as much`;
          } catch (error) {
            fault = `${where}: ${String(error)}`;
            break;
          }
        }
        yield { fault };
      }
}
