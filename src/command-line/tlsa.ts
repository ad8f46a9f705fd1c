/**
 * `sts-dane tlsa CERT.pem …`: the TLSA records of each certificate, one a line, the advised one
 * first, the server's own certificate before its issuers. What follows `;` is a comment in a zone file too, so a line can be pasted as it is.
 */
import { createHash } from 'node:crypto';
import {
  proposeTlsa,
  roleOf,
  type AssociationSource,
  type CertificateRole,
  type TlsaProposal,
} from '../core/dane/association.ts';
import { formatTlsa } from '../core/dane/tlsa.ts';
import { dateFault } from '../core/pkix/path.ts';
import { readCertificateFile } from '../world/certificates/pem.ts';
import { listCertificates } from '../world/certificates/certificate-list.ts';
import { dayOf } from '../view/messages/dates.ts';
import type { MessageKey } from '../view/messages/message-key.ts';
import type { Say } from '../view/messages/say.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { readFile } from './files.ts';
import type { Run } from './arguments.ts';
import { recordCharactersMost, type Lines, type Terminal } from './terminal.ts';

interface Made {
  readonly file: string;
  /** Place in the file, from 1. */
  readonly place: number;
  readonly role: CertificateRole | 'key';
  readonly source: AssociationSource;
  readonly records: readonly TlsaProposal[];
}

const digest = (matchingType: 1 | 2, octets: Uint8Array): Uint8Array =>
  new Uint8Array(
    createHash(matchingType === 1 ? 'sha256' : 'sha512')
      .update(octets)
      .digest(),
  );

export async function makeTlsa({ operands, options }: Run, terminal: Terminal): Promise<ExitCode> {
  const { say } = terminal;
  const nowSeconds = Math.floor(Date.now() / 1000);
  const made: Made[] = [];
  let isWhole = true;
  const refuse = (sentence: string) => {
    terminal.err(sentence);
    isWhole = false;
  };
  for (const path of operands) {
    const file = await readFile(path, terminal);
    if (!file.ok) {
      refuse(say(file.key, file.args));
      continue;
    }
    const list = listCertificates(readCertificateFile(file.octets));
    if (!list.ok) {
      // A private key is named as such; nothing of it is in the problem, and nothing is printed.
      refuse(`${path}: ${say(`situation.pem.${list.code}`)}`);
      continue;
    }
    for (const { code, found } of list.warnings)
      terminal.err([path, found, say(`situation.pem.${code}`)].filter(Boolean).join(': '));
    for (const place of list.unreadable)
      refuse(`${path} (${place}): ${say('situation.pem.not-a-certificate')}`);
    if (list.leftOut > 0)
      refuse(`${path}: ${say('situation.pem.too-many', { count: list.leftOut })}`);
    for (const { certificate, place } of list.certificates) {
      add({ kind: 'certificate', certificate }, path, place);
      const note = (key: MessageKey, args = {}) =>
        terminal.err(`${path} (${place}): ${say(key, args)}`);
      const dates = dateFault([certificate], nowSeconds);
      if (dates !== undefined)
        note(`cli.tlsa.${dates}`, {
          from: dayOf(certificate.notBeforeSeconds),
          until: dayOf(certificate.notAfterSeconds),
        });
      if (roleOf(certificate) === 'either') note('cli.tlsa.either');
    }
    for (const [index, spki] of list.publicKeys.entries())
      add({ kind: 'key', spki }, path, list.certificates.length + index + 1);
  }
  function add(source: AssociationSource, file: string, place: number) {
    const role = source.kind === 'key' ? source.kind : roleOf(source.certificate);
    made.push({ file, place, role, source, records: proposeTlsa(source, digest) });
  }
  for (const each of made)
    await (options.json
      ? terminal.json(jsonOf(each))
      : terminal.out(textOf(each, made.length > 1, say), recordCharactersMost));
  return isWhole ? exitCode.good : exitCode.usage;
}

const namesIn = ({ source }: Made): string =>
  source.kind === 'key'
    ? ''
    : source.certificate.dnsNames.join(' ') || (source.certificate.commonName ?? '');

function textOf(made: Made, isOneOfSeveral: boolean, say: Say): Lines {
  const heading = isOneOfSeveral
    ? [
        `; ${made.file} (${made.place}) ${say(`cli.tlsa.role.${made.role}`)} ${namesIn(made)}`.trim(),
      ]
    : [];
  return [
    ...heading,
    ...made.records.map(({ tlsa, advice }) => {
      // Only what is certainly a server's or an issuer's can never match with some usages.
      const remark =
        advice !== 'never'
          ? say(`cli.tlsa.${advice}`)
          : made.role === 'server' || made.role === 'issuer'
            ? say(`cli.tlsa.never.${made.role}`)
            : '';
      return `${formatTlsa(tlsa)}${remark === '' ? '' : ` ; ${remark}`}`;
    }),
  ];
}

const jsonOf = (made: Made) => ({
  file: made.file,
  place: made.place,
  role: made.role,
  ...(made.source.kind === 'certificate' && {
    notBefore: new Date(made.source.certificate.notBeforeSeconds * 1000).toISOString(),
    notAfter: new Date(made.source.certificate.notAfterSeconds * 1000).toISOString(),
  }),
  names: namesIn(made).split(' ').filter(Boolean),
  records: made.records.map(({ tlsa, advice, canMatch }) => ({
    record: formatTlsa(tlsa),
    advice,
    canMatch,
  })),
});
