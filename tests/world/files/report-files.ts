/**
 * Files with TLS reports as they come and as they should not, each with what is in it: the ids of the
 * reports that are read, and what is not read with the reason. Made here, so that each says what is odd.
 */
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

export interface ReportFileCase {
  readonly name: string;
  readonly octets: Uint8Array;
  /** Ids of the reports in it, in their order. */
  readonly reports: readonly string[];
  /** Remarks on the reports that are read. */
  readonly remarks?: readonly string[];
  /** Where in the file, and why: an aside begins with "(". */
  readonly skipped?: readonly (readonly [within: string, situation: string])[];
}

export interface Given {
  readonly domain?: string | null;
  readonly day?: string;
  readonly failed?: number;
  readonly text?: string;
}

/** The JSON of a report with 10 sessions that went well, and one detail for the failed ones. */
export const reportText = (
  id: string | null,
  { domain = 'example.nl', day = '2026-11-23', failed = 0, text = '' }: Given = {},
): string =>
  JSON.stringify({
    'organization-name': 'Example Sender',
    'date-range': { 'start-datetime': `${day}T00:00:00Z`, 'end-datetime': `${day}T23:59:59Z` },
    'contact-info': `tls@example.com${text}`,
    ...(id !== null && { 'report-id': id }),
    policies: [
      {
        policy: {
          'policy-type': 'sts',
          ...(domain !== null && { 'policy-domain': domain }),
          'mx-host': ['mx.example.nl'],
        },
        summary: { 'total-successful-session-count': 10, 'total-failure-session-count': failed },
        ...(failed > 0 && {
          'failure-details': [
            {
              'result-type': 'certificate-expired',
              'failed-session-count': failed,
              'sending-mta-ip': '192.0.2.25',
              'receiving-mx-hostname': 'mx.example.nl',
              'receiving-ip': '2001:db8::25',
              'failure-reason-code': 'X509_V_ERR_CERT_HAS_EXPIRED',
              'additional-information': 'https://example.com/why',
            },
          ],
        }),
      },
    ],
  });

const utf32 = (text: string): Buffer =>
  Buffer.concat(Array.from(text, (each) => Buffer.from(`${each}\0`, 'utf16le')));

type Content = string | Uint8Array;
export const octetsOf = (content: Content): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
export const gzip = (content: Content): Uint8Array => new Uint8Array(gzipSync(content));
export const joined = (...parts: readonly Content[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map(octetsOf)));
const base64 = (content: Content): string =>
  (
    Buffer.from(octetsOf(content))
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n');

/** A gzip header with every optional field (RFC 1952 §2.3). */
const gzipWithFields = (text: string): Uint8Array => {
  const plain = gzip(text);
  const fields = '\x04\x00abcdreport.json\0a comment\0\x00\x00';
  const packed = joined(plain.subarray(0, 10), Buffer.from(fields, 'latin1'), plain.subarray(10));
  packed[3] = 4 | 8 | 16 | 2;
  const crc = crc16(packed.subarray(0, 10 + fields.length - 2));
  packed[8 + fields.length] = crc & 0xff;
  packed[9 + fields.length] = crc >> 8;
  return packed;
};
/** The lower half of CRC-32. */
function crc16(octets: Uint8Array): number {
  let crc = 0xffffffff;
  for (const octet of octets) {
    crc ^= octet;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc & 0xffff;
}

const part = (head: readonly string[], body: string): string => [...head, '', body].join('\r\n');
const people = part(['Content-Type: text/plain; charset="us-ascii"'], 'An aggregate TLS report');
const packedPart = (id: string, name = `${id}.json.gz`, type = 'application/tlsrpt+gzip'): string =>
  part(
    [
      `Content-Type: ${type}`,
      'Content-Transfer-Encoding: base64',
      `Content-Disposition: attachment; filename="${name}"`,
    ],
    base64(gzip(reportText(id))),
  );
const plainPart = (id: string): string =>
  part(['Content-Type: application/tlsrpt+json'], reportText(id));
const attached = (name: string, content: Content, type = 'application/octet-stream'): string =>
  part(
    [
      `Content-Type: ${type}; name="${name}"`,
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment',
    ],
    base64(content),
  );
const multipart = (
  parts: readonly string[],
  given: { readonly boundary?: string; readonly field?: string; readonly kind?: string } = {},
): string => {
  const { boundary = 'part', field = `boundary="${boundary}"`, kind = 'report' } = given;
  return [
    `Content-Type: multipart/${kind}; report-type="tlsrpt"; ${field}`,
    '',
    'preamble',
    ...parts.flatMap((each) => [`--${boundary}`, each]),
    `--${boundary}--`,
    '',
  ].join('\r\n');
};
const headOfMail = [
  'From: tls@example.com',
  'To: rua@example.nl',
  'Subject: Report Domain: example.nl',
  '  Submitter: example.com',
  '  Report-ID: <1@example.com>',
  'MIME-Version: 1.0',
].join('\r\n');
const mail = (body: string): string => `${headOfMail}\r\n${body}`;
const simpleMail = (id: string): string => mail(multipart([people, packedPart(id)]));
const textMail = (text: string): string => mail(`Content-Type: text/plain\r\n\r\n${text}\r\n`);
const fromLine = 'From tls@example.com Mon Nov 23 00:00:00 2026';
const mailbox = (...mails: readonly string[]): string =>
  mails.map((each) => `${fromLine}\n${each.replaceAll('\r\n', '\n')}\n`).join('\n');
const within = (content: string): string => part(['Content-Type: message/rfc822'], content);

let one = 0;
/** A new id for each, so that nothing is counted for a double that is none. */
const next = (): string => `id-${(one += 1)}`;
type Rest = Omit<ReportFileCase, 'name' | 'octets' | 'reports'>;
const read = (
  name: string,
  make: (...ids: readonly [string, string, string]) => Content,
  count = 1,
  rest: Rest = {},
): ReportFileCase => {
  const ids = [next(), next(), next()] as const;
  return { name, octets: octetsOf(make(...ids)), reports: ids.slice(0, count), ...rest };
};
const none = (name: string, content: Content, situation: string, where = ''): ReportFileCase => ({
  ...{ name, octets: octetsOf(content), reports: [] },
  skipped: [[where, situation]],
});

const halves = (text: string): readonly [string, string] => [text.slice(0, 100), text.slice(100)];
const dmarc =
  '<?xml version="1.0" encoding="UTF-8"?>\n<feedback><report_metadata></report_metadata></feedback>';
const zip = joined('PK\x03\x04', Buffer.alloc(30, 7));

export const reportFiles: readonly ReportFileCase[] = [
  // gzip (RFC 1952)
  read('gzip', (a) => gzip(reportText(a))),
  read('gzip of two members', (a) => joined(...halves(reportText(a)).map(gzip))),
  read('gzip of a member for each character', (a) => joined(...[...reportText(a)].map(gzip))),
  read('gzip with an empty member first and last', (a) =>
    joined(gzip(''), gzip(reportText(a)), gzip('')),
  ),
  read('gzip whose first member is stored', (a) => {
    const [first, second] = halves(reportText(a));
    return joined(gzipSync(first, { level: 0 }), gzip(second));
  }),
  read('gzip with every field of the header, twice', (a) =>
    joined(...halves(reportText(a)).map(gzipWithFields)),
  ),
  read('gzip padded with zeros', (a) => joined(gzip(reportText(a)), new Uint8Array(1000))),
  read('gzip with zeros between members', (a) =>
    joined(...halves(reportText(a)).flatMap((half) => [gzip(half), new Uint8Array(7)])),
  ),
  read('gzip with text behind it', (a) => joined(gzip(reportText(a)), 'garbage'), 1, {
    remarks: ['gzip-trailing'],
  }),
  none('gzip whose second member is cut', joined(gzip('{'), gzip('}').subarray(0, 15)), 'gzip'),
  none('gzip whose second member is damaged', joined(gzip('{'), gzip('}').fill(0, 10)), 'gzip'),
  none('gzip with a wrong sum', gzip('{}').fill(1, 12, 16), 'gzip'),
  none('gzip twice', gzip(gzip(reportText('x'))), 'gzip-twice'),
  none('gzip of nothing', gzip(''), 'empty-file'),
  none(
    'gzip of 1025 members',
    joined(...Array.from({ length: 1025 }, () => gzip(' '))),
    'gzip-members',
  ),
  none('gzip of two reports', joined(gzip(reportText('x')), gzip(reportText('y'))), 'json-lines'),
  none(
    'gzip whose second member is a bomb',
    joined(gzip('{'), gzip(new Uint8Array(17 * 1024 * 1024))),
    'too-large',
  ),
  read('gzip of a mail', (a) => gzip(simpleMail(a))),
  // Other kinds of files
  none('zip', zip, 'zip'),
  none('zip in gzip', gzip(zip), 'zip'),
  none('tar in gzip', gzip(joined('report.json', Buffer.alloc(246), 'ustar\0', '00')), 'tar'),
  none('zlib', deflateSync(reportText('x')), 'packed'),
  none('deflate', deflateRawSync(reportText('x')), 'json'),
  none('xz', joined(Buffer.from('\xfd7zXZ\0', 'latin1'), 'x'), 'packed'),
  none('mail of Outlook', Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'outlook'),
  none('PDF', '%PDF-1.7\n', 'pdf'),
  none('UTF-16', Buffer.from(`\ufeff${reportText('x')}`, 'utf16le'), 'utf-16'),
  none('UTF-32', utf32(`\ufeff${reportText('x')}`), 'utf-32'),
  none('UTF-32, the other way round', utf32(`\ufeff${reportText('x')}`).swap32(), 'utf-32'),
  none('UTF-32 without a mark', utf32(reportText('x')), 'utf-32'),
  none('UTF-16 without a mark', Buffer.from(reportText('x'), 'utf16le'), 'utf-16'),
  none('UTF-16 behind a blank line', Buffer.from(`\r\n${reportText('x')}`, 'utf16le'), 'utf-16'),
  none('mail in UTF-16', Buffer.from('From: a@b.nl\r\n\r\nx', 'utf16le'), 'utf-16'),
  none('mail in UTF-32, the other way round', utf32('From: a@b.nl\r\n\r\nx').swap32(), 'utf-32'),
  none('JSON Lines', `${reportText('x')}\n${reportText('y')}\n`, 'json-lines'),
  none('JSON with text behind it', `${reportText('x')}\n-- \nfooter`, 'text-after-json'),
  none('JSON that was cut off', reportText('x').slice(0, -20), 'json-cut-off'),
  none('JSON with single quotes', reportText('x').replaceAll('"', "'"), 'json-fault'),
  none('list of reports', `[${reportText('x')},${reportText('y')}]`, 'json-list'),
  none('DMARC', dmarc, 'dmarc'),
  none('DMARC in gzip', gzip(dmarc), 'dmarc'),
  none('XML', '\n<?xml version="1.0"?><x/>', 'xml'),
  none('HTML', '<!DOCTYPE html>\n<title>x</title>', 'html'),
  none('words', 'no report today', 'not-json'),
  none('nothing', '', 'empty-file'),
  none('octets', Uint8Array.of(0x7b, 0xff, 0x7d), 'json'),
  // Mails
  read('mail', (a) => simpleMail(a)),
  read('mail of the report alone', (a) => mail(plainPart(a))),
  read(
    'mail with two reports',
    (a, b) => mail(multipart([people, packedPart(a), plainPart(b)])),
    2,
  ),
  read(
    'mail with a report in a nested part',
    (a, b) =>
      mail(
        multipart(
          [
            multipart([people, multipart([packedPart(a)], { boundary: 'part-2' })], {
              boundary: 'part-1',
              kind: 'mixed',
            }),
            packedPart(b),
          ],
          { kind: 'mixed' },
        ),
      ),
    2,
  ),
  read(
    'mail with a picture and a letter',
    (a) =>
      mail(
        multipart([people, packedPart(a), attached('logo.png', '\x89PNG'), attached('c.txt', 'x')]),
      ),
    1,
    {
      skipped: [
        ['(logo.png', 'not-json'],
        ['(c.txt', 'not-json'],
      ],
    },
  ),
  read(
    'mail with a report, DMARC and a zip',
    (a) =>
      mail(
        multipart([
          people,
          packedPart(a),
          attached('dmarc.xml.gz', gzip(dmarc), 'application/gzip'),
          attached('other.zip', zip, 'application/zip'),
        ]),
      ),
    1,
    {
      skipped: [
        ['dmarc.xml.gz', 'dmarc'],
        ['(other.zip', 'zip'],
      ],
    },
  ),
  read('mail with a report without a known name or type', (a) =>
    mail(multipart([people, attached('report', gzip(reportText(a)))])),
  ),
  read('mail with a report of several gzip members', (a) =>
    mail(multipart([people, attached('a.gz', joined(...halves(reportText(a)).map(gzip)))])),
  ),
  read('mail with the report in its text', (a) => textMail(reportText(a))),
  read('mail with the boundary in two pieces', (a) =>
    mail(multipart([people, packedPart(a)], { field: 'boundary*0="pa";\r\n boundary*1="rt"' })),
  ),
  read('mail with pieces in another order', (a) =>
    mail(multipart([people, packedPart(a)], { field: 'boundary*1=rt; boundary*0=pa' })),
  ),
  read('mail with an encoded boundary', (a) =>
    mail(multipart([people, packedPart(a)], { field: "boundary*=us-ascii'en'p%61rt" })),
  ),
  read('mail with a semicolon in the boundary', (a) =>
    mail(multipart([people, packedPart(a)], { boundary: 'x;boundary=y' })),
  ),
  {
    ...none(
      'mail with a damaged report of a name in UTF-8',
      mail(
        multipart([
          people,
          part(
            [
              'Content-Type: application/octet-stream',
              "Content-Disposition: attachment; filename*0*=UTF-8''b%C3%BC; filename*1=cher; filename*2*=%2Ejson",
            ],
            '{"cut": ',
          ),
        ]),
      ),
      'json-cut-off',
      'bücher.json',
    ),
  },
  none(
    'mail with damaged base64',
    mail(
      multipart([
        part(
          [
            'Content-Type: application/tlsrpt+gzip; name=a.json.gz',
            'Content-Transfer-Encoding: base64',
          ],
          'H4s=IA',
        ),
      ]),
    ),
    'base64',
    'a.json.gz',
  ),
  none('mail without a report', textMail('hello'), 'no-report'),
  {
    ...none('mail with a letter only', mail(multipart([attached('letter.txt', 'x')])), ''),
    skipped: [
      ['(letter.txt', 'not-json'],
      ['', 'no-report'],
    ],
  },
  read('mail with comments and blanks in its fields', (a) =>
    mail(
      multipart([
        people,
        packedPart(a)
          .replace('Encoding: base64', 'Encoding : BASE64 (as ever)')
          .replace('+gzip', '+gzip (report)'),
      ]),
    ),
  ),
  ...[
    '(c) boundary=part',
    'boundary=(c)part',
    'boundary (c) = part (d (e))',
    '(c; boundary=z) boundary="part"',
    'boundary=part(c)',
  ].map((field) =>
    read(`mail with comments: ${field}`, (a) =>
      mail(
        multipart(
          [people, packedPart(a).replace('base64', '(c) base64').replace('application', '(c) $&')],
          { field },
        ),
      ),
    ),
  ),
  read('mail with a byte order mark', (a) => `\ufeff${simpleMail(a)}`),
  none('mail with CR alone', simpleMail('x').replaceAll('\r\n', '\r'), 'bare-cr'),
  none('mail without a report and with one CR', textMail('a\rb'), 'no-report'),
  none('mail after an empty line', `\r\n${simpleMail('x')}`, 'blank-first-line'),
  none('mail after three empty lines', `\n\n\n${simpleMail('x')}`, 'blank-first-line'),
  // Mails in mails
  read(
    'mail with two mails',
    (a, b) =>
      mail(
        multipart([people, within(simpleMail(a)), within(simpleMail(b))], { boundary: 'outer' }),
      ),
    2,
  ),
  read(
    'mail with a mail without a report',
    (a) => mail(multipart([packedPart(a), within(textMail('x'))], { boundary: 'outer' })),
    1,
    { skipped: [['(message/rfc822', 'no-report']] },
  ),
  read(
    'digest of two mails',
    (a, b) =>
      mail(
        multipart([`\r\n${simpleMail(a)}`, `\r\n${simpleMail(b)}`], {
          ...{ boundary: 'outer', kind: 'digest' },
        }),
      ),
    2,
  ),
  read('mail with a mail as a file', (a) =>
    mail(multipart([attached('kept.eml', simpleMail(a))], { boundary: 'outer' })),
  ),
  // Mailboxes (RFC 4155)
  read('mailbox', (a, b) => mailbox(simpleMail(a), simpleMail(b)), 2),
  read('mailbox of one', (a) => mailbox(simpleMail(a))),
  read(
    'mailbox with CRLF',
    (a, b) => mailbox(simpleMail(a), simpleMail(b)).replaceAll('\n', '\r\n'),
    2,
  ),
  read('mailbox in gzip', (a, b) => gzip(mailbox(simpleMail(a), simpleMail(b))), 2),
  read(
    'mailbox without empty lines between',
    (a, b) => mailbox(simpleMail(a), simpleMail(b)).replaceAll('\n\nFrom ', '\nFrom '),
    2,
  ),
  read(
    'mailbox of Thunderbird',
    (a, b) =>
      mailbox(simpleMail(a), simpleMail(b)).replaceAll(fromLine, 'From - Mon Nov 23 00:00:00 2026'),
    2,
  ),
  read(
    'mailbox of From lines without a date',
    (a, b) => mailbox(simpleMail(a), simpleMail(b)).replaceAll(fromLine, 'From tls@example.com'),
    2,
  ),
  read(
    'mailbox with From lines in a text',
    (a, b) =>
      mailbox(
        mail(
          multipart([
            part([], '>From here on\r\n\r\nFrom the desk of TLS\r\nall is well'),
            packedPart(a),
          ]),
        ),
        simpleMail(b),
      ),
    2,
  ),
  read('mailbox with a quoted line in the report', (a) =>
    mailbox(
      mail(
        part(['Content-Type: application/tlsrpt+json'], reportText(a).replace('{', '{\n>From ')),
      ),
    ).replace('>From ', ''),
  ),
  read(
    'mailbox with other mail between',
    (a, b) => mailbox(simpleMail(a), textMail('hello'), simpleMail(b)),
    2,
    { skipped: [['#2', 'no-report']] },
  ),
  read(
    'mailbox with a mail after an empty line',
    (a, b) => mailbox(simpleMail(a), `\n${simpleMail('x')}`, simpleMail(b)),
    2,
    { skipped: [['#2', 'blank-first-line']] },
  ),
  read(
    'mailbox with a report and a quoted From line behind it',
    (a, b) =>
      mailbox(
        mail(
          `${['Content-Type: application/tlsrpt+json', '', reportText(a)].join('\r\n')}\n>From x\n`,
        ),
        simpleMail(b),
      ),
    2,
    { remarks: ['text-after-report'] },
  ),
  read(
    'mail with a report and a footer behind it',
    (a) =>
      mail(
        multipart([
          part(
            ['Content-Type: application/tlsrpt+json'],
            `${reportText(a)}\r\n-- \r\nlist of reports`,
          ),
        ]),
      ),
    1,
    { remarks: ['text-after-report'] },
  ),
  read(
    'mail with two reports in one part',
    (a) =>
      mail(
        multipart([
          attached('a.json', reportText(a)),
          part(['Content-Type: application/tlsrpt+json'], `${reportText('x')}\n${reportText('y')}`),
        ]),
      ),
    1,
    { skipped: [['application/tlsrpt+json', 'json-lines']] },
  ),
  read(
    'report that ends before it starts',
    (a) => reportText(a).replace('T23:59:59Z', 'T00:00:00+00:01'),
    1,
    { remarks: ['date-range-reversed'] },
  ),
  read(
    'mailbox with a damaged report',
    (a) => mailbox(simpleMail(a), mail(multipart([attached('b.json', '{')]))),
    1,
    { skipped: [['#2 b.json', 'json-cut-off']] },
  ),
  // Names of domains (RFC 4343, RFC 8460 §4.4)
  read('domain in capitals', (a) => reportText(a, { domain: 'EXAMPLE.nl.', failed: 2 })),
  read('domain in U-labels', (a) => reportText(a, { domain: 'bücher.example', failed: 3 }), 1, {
    remarks: ['policy-domain-not-ascii'],
  }),
  read('domain in A-labels', (a) => reportText(a, { domain: 'XN--BCHER-KVA.example.' })),
  read('domain not told', (a) => reportText(a, { domain: null }), 1, {
    remarks: ['field-missing'],
  }),
  // Not of the same report: another day, another domain, no id
  { name: 'id of one day', octets: octetsOf(reportText('day')), reports: ['day'] },
  {
    name: 'id of another day',
    octets: octetsOf(reportText('day', { day: '2026-11-24' })),
    reports: ['day'],
  },
  {
    name: 'id of another domain',
    octets: octetsOf(reportText('day', { domain: 'example.org' })),
    reports: ['day'],
  },
];

/** Files whose reports were there already in the files above, in which they come first. */
export const repeatedFiles: readonly (ReportFileCase & { readonly isSame: boolean })[] = [
  ...['the same file', 'the same text with blanks before it', 'the same domain in capitals'].map(
    (name, index) => ({
      name,
      octets: octetsOf(
        [
          reportText('day'),
          `\n ${reportText('day')}`,
          reportText('day', { domain: 'Example.NL.' }),
        ][index] ?? '',
      ),
      reports: ['day'],
      isSame: index < 2,
    }),
  ),
  {
    name: 'the same in a mail',
    octets: octetsOf(simpleMail('day')),
    reports: ['day'],
    isSame: true,
  },
  {
    name: 'the same id with other numbers',
    octets: octetsOf(reportText('day', { failed: 5 })),
    reports: ['day'],
    isSame: false,
  },
  {
    name: 'twice in one mailbox',
    octets: octetsOf(mailbox(simpleMail('day'), simpleMail('day'))),
    reports: ['day', 'day'],
    isSame: true,
  },
];
