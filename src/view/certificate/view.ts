/**
 * A chain of certificates beside TLSA records, as rows of words. What matches was decided by the core;
 * here its findings get their place. Every result carries the host and the moment it is about.
 */
import { daySeconds } from '../../core/ask.ts';
import type { TlsaProposal } from '../../core/dane/association.ts';
import { isAssociation, type DaneMatch } from '../../core/dane/match.ts';
import { formatTlsa, type Tlsa } from '../../core/dane/tlsa.ts';
import { countingTlsa, isUsableTlsa, judgeTlsa } from '../../core/dane/usable.ts';
import { type Certificate, countingNames, nameInCertificate } from '../../core/pkix/certificate.ts';
import { isNamedIssuer, isSelfIssued, type ChainFacts } from '../../core/pkix/path.ts';
import { tlsaZoneLines } from '../../core/publish/tlsa-plan.ts';
import type { PemWarning } from '../../world/certificates/pem.ts';
import type { Args } from '../messages/say.ts';
import { dayOf } from '../messages/dates.ts';
import type { Line, Tone } from '../messages/line.ts';
import type { MessageKey } from '../messages/message-key.ts';

export interface CertificateRow {
  /** 0 is the certificate of the server itself. */
  readonly depth: number;
  /** A stranger issued none of the others. */
  readonly role: 'leaf' | 'issuer' | 'stranger';
  readonly subject: string;
  readonly issuer: string;
  readonly key: string;
  readonly names: readonly string[];
  /** Whether the name asked for is among them; said of the server's own certificate only. */
  readonly name?: Line;
  readonly from: string;
  readonly until: string;
  readonly dates: Line;
  readonly isExpired: boolean;
  /** Numbers, from 1, of the records that name it. */
  readonly records: readonly number[];
}

export interface RecordRow {
  readonly number: number;
  readonly text: string;
  readonly tone: Tone;
  readonly usage: Line;
  readonly verdict: Line;
}

export interface ProposalRow {
  readonly text: string;
  readonly zoneLine: string;
  readonly advice: Line;
  /** Of which certificate it was made. */
  readonly subject: string;
}

export interface CertificateView {
  readonly host: string;
  /** The domain whose mail goes there, or an empty string. */
  readonly domain: string;
  readonly tone: Tone;
  readonly sentence: Line;
  readonly notes: readonly Line[];
  readonly certificates: readonly CertificateRow[];
  readonly records: readonly RecordRow[];
  readonly proposals: readonly ProposalRow[];
  /** Lets openssl come to its own verdict; empty without records. */
  readonly recheck: string;
}

export interface ReadCertificate {
  readonly certificate: Certificate;
  readonly subject: string;
  readonly issuer: string;
  readonly key: string;
}

export interface Compared {
  /** Host name, or an empty string where none was given. */
  readonly host: string;
  readonly domain: string;
  readonly nowSeconds: number;
  readonly referenceNames: readonly string[];
  readonly chain: readonly ReadCertificate[];
  readonly tlsa: readonly Tlsa[];
  readonly facts: ChainFacts;
  /** What was said while reading, by its id. */
  readonly warnings: readonly PemWarning[];
  /** Undefined where no usable record was given to compare with. */
  readonly match: DaneMatch | undefined;
  /** What could be published, with the place in the chain it was made of. */
  readonly proposals: readonly { readonly depth: number; readonly proposal: TlsaProposal }[];
}

/** So long before the end an administrator wants to know; a choice of ours. */
const soonSeconds = 21 * daySeconds;
const defaultTtlSeconds = 3600;

export function showComparison(compared: Compared): CertificateView {
  const { host, domain, chain, tlsa } = compared;
  return {
    host,
    domain,
    ...sentenceOf(compared),
    notes: notesOf(compared),
    certificates: chain.map((read, depth) => showCertificate(read, depth, compared)),
    records: tlsa.map((record, index) => showRecord(record, index, compared)),
    proposals: compared.proposals.flatMap(({ depth, proposal }) => {
      const { advice } = proposal;
      if (advice === 'never') return [];
      const [zoneLine = ''] = tlsaZoneLines(host || 'mx.example', defaultTtlSeconds, [
        proposal.tlsa,
      ]);
      return {
        text: formatTlsa(proposal.tlsa),
        zoneLine: host === '' ? '' : zoneLine,
        advice: { key: `tools.advice.${advice}` },
        subject: chain[depth]?.subject ?? '',
      };
    }),
    recheck: tlsa.length === 0 ? '' : recheckCommand(host, tlsa),
  };
}

type Match = 'no-records' | 'no-usable-records' | 'leaf' | 'anchor' | 'no-match' | 'fault';

function sentenceOf({ match, host, tlsa }: Compared): { sentence: Line; tone: Tone } {
  const say = (id: Match, tone: Tone, args: Args = {}): { sentence: Line; tone: Tone } => ({
    sentence: { key: `tools.match.${id}`, args: { host: host || '–', ...args } },
    tone,
  });
  if (match === undefined)
    return tlsa.length === 0 ? say('no-records', 'open') : say('no-usable-records', 'bad');
  if (match.kind === 'authenticated') {
    const id = match.record.usage === 3 ? 'leaf' : 'anchor';
    return say(id, 'good', { record: tlsa.indexOf(match.record) + 1 });
  }
  if (match.fault === 'no-match') return say('no-match', 'bad');
  return say('fault', 'bad', { record: match.record ? tlsa.indexOf(match.record) + 1 : 1 });
}

function notesOf(compared: Compared): readonly Line[] {
  const { match, host, chain, nowSeconds, tlsa, warnings } = compared;
  const notes: Line[] = [...new Set(warnings)].map((code) => ({ key: `situation.pem.${code}` }));
  if (match?.kind === 'not-authenticated') notes.push({ key: `situation.dane.${match.fault}` });
  for (const note of match?.notes ?? []) notes.push({ key: `situation.dane.${note}` });
  const [leaf] = chain;
  const isLeafMatch = match?.kind === 'authenticated' && match.record.usage === 3;
  if (leaf !== undefined && isLeafMatch) {
    const { certificate } = leaf;
    if (nowSeconds > certificate.notAfterSeconds)
      notes.push({ key: 'tools.note.expired-but-dane' });
    if (host !== '' && nameInCertificate(certificate, [host]) === undefined)
      notes.push({ key: 'tools.note.name-but-dane' });
  }
  if (chain.length === 1 && leaf !== undefined && !isSelfIssued(leaf.certificate))
    notes.push({ key: 'tools.note.leaf-alone' });
  if (match?.kind === 'authenticated') {
    if (tlsa.length === 1) notes.push({ key: 'tools.note.one-record' });
    notes.push({ key: 'tools.note.not-dnssec' });
  }
  return notes;
}

function showCertificate(
  { certificate, subject, issuer, key }: ReadCertificate,
  depth: number,
  { nowSeconds, host, tlsa, facts, chain }: Compared,
): CertificateRow {
  const { notBeforeSeconds, notAfterSeconds } = certificate;
  const left = notAfterSeconds - nowSeconds;
  const days = Math.floor(Math.abs(left) / daySeconds);
  const dates =
    nowSeconds < notBeforeSeconds
      ? 'early'
      : left < 0
        ? 'expired'
        : left < soonSeconds
          ? 'soon'
          : 'valid';
  return {
    depth,
    role:
      depth === 0
        ? 'leaf'
        : chain.some((other) => isNamedIssuer(other.certificate, certificate))
          ? 'issuer'
          : 'stranger',
    subject: subject || '–',
    issuer: issuer || '–',
    key,
    names: depth === 0 ? countingNames(certificate) : [],
    ...(depth === 0 &&
      host !== '' && {
        name: {
          key: `tools.name.${nameInCertificate(certificate, [host]) === undefined ? 'absent' : 'present'}`,
          args: { host },
        },
      }),
    from: dayOf(notBeforeSeconds),
    until: dayOf(notAfterSeconds),
    dates: { key: `tools.dates.${dates}`, args: { days } },
    isExpired: dates === 'expired' || dates === 'early',
    records: tlsa.flatMap((record, index) =>
      isUsableTlsa(record) && isAssociation(record, certificate, facts) ? [index + 1] : [],
    ),
  };
}

function showRecord(
  record: Tlsa,
  index: number,
  { chain, tlsa, facts, match }: Compared,
): RecordRow {
  const row = (tone: Tone, key: MessageKey, args: Args = {}): RecordRow => ({
    number: index + 1,
    text: formatTlsa(record),
    tone,
    usage: usageLine(record),
    verdict: { key, args },
  });
  const judged = judgeTlsa(record);
  if (!judged.usable) return row('bad', `situation.dane.${judged.reason}`);
  if (!isUsableTlsa(record)) return row('bad', 'tools.record.no-match');
  const depth = chain.findIndex(({ certificate }) => isAssociation(record, certificate, facts));
  const counting = countingTlsa(tlsa.filter(isUsableTlsa)).includes(record);
  if (!counting) return row('open', 'tools.record.weaker', { fits: depth < 0 ? 'no' : 'yes' });
  // Beside one that matches, a record of the next key is as it should be (RFC 7671 §8.1).
  if (depth < 0)
    return match?.kind === 'authenticated'
      ? row('open', 'tools.record.spare')
      : row('bad', 'tools.record.no-match');
  if (record.usage === 3)
    return depth === 0
      ? row('good', 'tools.record.leaf')
      : row('bad', 'tools.record.issuer-as-leaf');
  return depth === 0
    ? row('bad', 'situation.dane.leaf-as-own-anchor')
    : row(match?.kind === 'authenticated' ? 'good' : 'attention', 'tools.record.anchor', {
        subject: chain[depth]?.subject ?? '',
      });
}

/** The three numbers in words, as far as they have a meaning. */
const usageLine = ({ usage, selector, matchingType }: Tlsa): Line => ({
  key: 'tools.record.means',
  args: {
    usage: String(usage),
    selector: String(selector),
    digest: String(matchingType),
  },
});

/** `openssl` checks the same: with `-dane_tlsa_domain` and one `-dane_tlsa_rrdata` for each record. */
function recheckCommand(host: string, tlsa: readonly Tlsa[]): string {
  if (host === '') return '';
  return [
    `openssl s_client -starttls smtp -connect ${host}:25 -servername ${host} \\`,
    `  -dane_tlsa_domain ${host} \\`,
    ...tlsa.map((record) => `  -dane_tlsa_rrdata "${formatTlsa(record)}" \\`),
    '  -dane_ee_no_namechecks -verify_return_error -brief </dev/null',
  ].join('\n');
}
