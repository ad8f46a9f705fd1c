/**
 * `sts-dane tlsa CERT.pem …`: the TLSA records of each certificate, one a line, the advised one
 * first, the server's own certificate before its issuers. What follows `;` is a comment in a zone file too, so a line can be pasted as it is.
 */
import { refused, recordCharactersMost, type Lines, type Terminal } from './terminal.ts';
import { usualTtlSeconds, printPlan } from './plan.ts';
import { createHash } from 'node:crypto';
import {
  proposeTlsa,
  roleOf,
  type AssociationSource,
  type CertificateRole,
  type TlsaProposal,
} from '../core/dane/association.ts';
import { cite } from '../core/cite.ts';
import { parseDomainInput } from '../core/check/domain-input.ts';
import { formatTlsa } from '../core/dane/tlsa.ts';
import type { DomainName } from '../core/dns/name.ts';
import type { PlanStep } from '../core/publish/plan.ts';
import { planTlsaRollover, tlsaZoneLines, type TlsaStepId } from '../core/publish/tlsa-plan.ts';
import { readSteps } from '../view/publish/plan.ts';
import { dateFault } from '../core/pkix/path.ts';
import { readCertificateFile } from '../world/certificates/pem.ts';
import { listCertificates } from '../world/certificates/certificate-list.ts';
import { dayOf, readDay } from '../view/messages/dates.ts';
import type { MessageKey } from '../view/messages/message-key.ts';
import type { Say } from '../view/messages/say.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { readFile } from './files.ts';
import type { Run } from './arguments.ts';

export interface Made {
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

export async function makeTlsa(
  run: Run,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { operands, options } = run;
  const { made, isWhole } = await readAll(operands, terminal);
  if (options.host !== undefined || options.checkDeploy) {
    const { say } = terminal;
    const host = parseDomainInput(options.host ?? '');
    if (!host.ok) return refused(terminal, `--host: ${say(`lookup.input.${host.fault}`)}`);
    const next = options.next === undefined ? undefined : await readAll([options.next], terminal);
    if (!isWhole || next?.isWhole === false) return exitCode.usage;
    if (options.checkDeploy)
      return (await import('./deploy.ts')).checkDeploy(
        { run, host: host.domain, current: next ? made : [], next: next?.made ?? made },
        terminal,
        signal,
      );
    return forHost(run, host.domain, made, next?.made, terminal);
  }
  for (const each of made)
    await (options.format === 'json'
      ? terminal.json(jsonOf(each))
      : terminal.out(textOf(each, made.length > 1, terminal.say), recordCharactersMost));
  return isWhole ? exitCode.good : exitCode.usage;
}

/** The record that is advised for what the files show: of a server's own key before that of an issuer. */
function advised(made: readonly Made[]): TlsaProposal['tlsa'] | undefined {
  const records = made.flatMap((each) => each.records);
  const found = (['first-choice', 'second-choice'] as const).map((wanted) =>
    records.find(({ advice }) => advice === wanted),
  );
  return found.find((each) => each !== undefined)?.tlsa;
}

/** Zone lines for a host; with the next certificate the dated plan of changing to it. */
async function forHost(
  { options, lang }: Run,
  host: DomainName,
  made: readonly Made[],
  nextMade: readonly Made[] | undefined,
  terminal: Terminal,
): Promise<ExitCode> {
  const { say } = terminal;
  const { port, ttl: ttlSeconds = usualTtlSeconds } = options;
  const current = advised(made);
  const next = nextMade && advised(nextMade);
  const refuse = (key: MessageKey) => refused(terminal, say(key));
  if (current === undefined || (nextMade && next === undefined))
    return refuse('cli.tlsa.none-advised');
  const nowSeconds = Math.floor(Date.now() / 1000);
  const print = async (steps: readonly PlanStep<TlsaStepId>[], ...notes: readonly MessageKey[]) => {
    const read = readSteps(steps);
    if (read.ok)
      return printPlan(
        { subject: host, notes: notes.map((key) => say(key)), steps: read.value },
        ...([options.format, lang, terminal] as const),
      );
    return refused(
      terminal,
      read.faults.map(({ key }) => say(key)),
    );
  };
  if (next === undefined) {
    const zoneLines = tlsaZoneLines(host, ttlSeconds, [current], port);
    if (options.format !== 'text')
      return print([
        {
          ...{ id: 'tlsa-publish', notBeforeSeconds: nowSeconds, values: { host, ttlSeconds } },
          ...{ zoneLines, clause: cite('rfc7672', '3.1') },
        },
      ]);
    await terminal.out(zoneLines, recordCharactersMost);
    return exitCode.good;
  }
  if (formatTlsa(next) === formatTlsa(current)) return print([], 'cli.tlsa.same');
  const wished = options.on === undefined ? nowSeconds : readDay(options.on);
  if (Number.isNaN(wished)) return refuse('cli.wrong.on');
  const { steps, postponedSeconds } = planTlsaRollover({
    ...{ host, port, ttlSeconds, current: [current], next: [next], nowSeconds },
    deploySeconds: wished,
  });
  // Who named no day did not wish for one.
  const isPutOff = options.on !== undefined && postponedSeconds > 0;
  return isPutOff ? print(steps, 'plan.postponed') : print(steps);
}

/** Reads files of certificates; what cannot be read is told, and the others are read all the same. */
async function readAll(
  paths: readonly string[],
  terminal: Terminal,
): Promise<{ readonly made: readonly Made[]; readonly isWhole: boolean }> {
  const { say } = terminal;
  const nowSeconds = Math.floor(Date.now() / 1000);
  const made: Made[] = [];
  let isWhole = true;
  const refuse = (sentence: string) => {
    terminal.err(sentence);
    isWhole = false;
  };
  for (const path of paths) {
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
  return { made, isWhole };
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
  version: 1,
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
