/**
 * `sts-dane tlsa CERT.pem …`: the TLSA records of each certificate, one a line, the advised one
 * first. What follows `;` is a comment in a zone file too, so a line can be pasted as it is.
 */
import { createHash } from 'node:crypto';
import {
  proposeTlsa,
  type AssociationSource,
  type TlsaProposal,
} from '../core/dane/association.ts';
import { formatTlsa } from '../core/dane/tlsa.ts';
import { readCertificateFile } from '../world/pem.ts';
import { readCertificate } from '../world/x509.ts';
import type { Say } from '../words/say.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { readFile } from './files.ts';
import type { Run } from './main.ts';
import { recordCharactersMost, type Lines, type Terminal } from './terminal.ts';

interface Made {
  readonly file: string;
  /** Place in the file, from 1. */
  readonly place: number;
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
    const blocks = readCertificateFile(file.octets);
    if (!blocks.ok) {
      // A private key is named as such; nothing of it is in the problem, and nothing is printed.
      refuse(`${path}: ${say(`situation.pem.${blocks.problems[0]?.code ?? 'no-certificate'}`)}`);
      continue;
    }
    for (const { code, found } of blocks.warnings)
      terminal.err(`${path}: ${found ?? ''}: ${say(`situation.pem.${code}`)}`);
    let place = 0;
    for (const der of blocks.value.certificates) {
      place += 1;
      const certificate = readCertificate(der);
      if (!certificate.ok) refuse(`${path} (${place}): ${say('situation.pem.not-a-certificate')}`);
      else add({ kind: 'certificate', certificate: certificate.value }, path, place);
    }
    for (const spki of blocks.value.publicKeys) add({ kind: 'key', spki }, path, ++place);
  }
  function add(source: AssociationSource, file: string, place: number) {
    made.push({ file, place, source, records: proposeTlsa(source, digest) });
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
  const heading = isOneOfSeveral ? [`; ${made.file} (${made.place}) ${namesIn(made)}`.trim()] : [];
  return [
    ...heading,
    ...made.records.map(({ tlsa, advice, canMatch }) => {
      const remark = canMatch ? say(`cli.tlsa.${advice}`) : say('cli.tlsa.never');
      return `${formatTlsa(tlsa)}${remark === '' ? '' : ` ; ${remark}`}`;
    }),
  ];
}

const jsonOf = (made: Made) => ({
  file: made.file,
  place: made.place,
  names: namesIn(made).split(' ').filter(Boolean),
  records: made.records.map(({ tlsa, advice, canMatch }) => ({
    record: formatTlsa(tlsa),
    advice,
    canMatch,
  })),
});
