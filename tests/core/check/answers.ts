/**
 * A report from answers written by hand: `reportOf('example.nl', { 'example.nl MX': ['10 mx.example.nl'] })`.
 * What is not written is proved absent, or unsigned and absent where the zone is said to be unsigned.
 */
import type { LookupAnswer, LookupFailure } from '../../../src/core/ask.ts';
import { parseTlsa } from '../../../src/core/dane/tlsa.ts';
import { inspect } from '../../../src/core/check/inspect.ts';
import type { Report } from '../../../src/core/check/report.ts';
import { nameOf, type DomainName } from '../../../src/core/dns/name.ts';
import type { ResourceRecord, RrType } from '../../../src/core/dns/record.ts';
import type { ValidatedLookup } from '../../../src/core/dnssec/validate.ts';
import { recordedWorld } from '../../../src/world/recorded.ts';
import { run } from '../../../src/world/run.ts';

/** Records as text; a failure by its name; `nxdomain`; records that are not signed; what an alias leads to. */
export type Written =
  | { readonly alias: string; readonly isAliasSigned?: boolean; readonly then: Written }
  | readonly string[]
  | LookupFailure
  | 'nxdomain'
  | { readonly unsigned: readonly string[]; readonly ttlSeconds?: number }
  | { readonly ttlSeconds: number; readonly signed: readonly string[] };

const types: readonly RrType[] = ['MX', 'A', 'AAAA', 'TXT', 'TLSA'];

function recordOf(name: DomainName, type: RrType, text: string, ttlSeconds: number) {
  const owned = { name, ttlSeconds };
  switch (type) {
    case 'MX': {
      const [preference = '', exchange = ''] = text.split(' ');
      return { ...owned, type, preference: Number(preference), exchange: nameOf(exchange) };
    }
    case 'TXT':
      return { ...owned, type, strings: [new TextEncoder().encode(text)] };
    case 'TLSA': {
      const read = parseTlsa(text);
      if (!read.ok) throw new Error(`no TLSA record: ${text}`);
      return { ...owned, type, ...read.value };
    }
    default:
      return { ...owned, type, address: text } as ResourceRecord;
  }
}

function answerOf(name: DomainName, type: RrType, written: Written | undefined): LookupAnswer {
  if (written === undefined || written === 'nxdomain')
    return {
      kind: 'absent',
      security: 'secure',
      denial: written === 'nxdomain' ? 'nxdomain' : 'nodata',
      aliases: [],
    };
  if (typeof written === 'string') return { kind: 'failed', why: written };
  if ('alias' in written) {
    const to = nameOf(written.alias);
    const security = written.isAliasSigned === false ? 'insecure' : 'secure';
    const end = answerOf(to, type, written.then);
    if (end.kind === 'failed') return end;
    return {
      ...end,
      security: security === 'secure' ? end.security : 'insecure',
      aliases: [{ from: name, to, security }, ...end.aliases],
    };
  }
  const isUnsigned = 'unsigned' in written;
  const texts = isUnsigned ? written.unsigned : 'signed' in written ? written.signed : written;
  const ttl = 'ttlSeconds' in written ? (written.ttlSeconds ?? 3600) : 3600;
  const security = isUnsigned ? 'insecure' : 'secure';
  if (texts.length === 0) return { kind: 'absent', security, denial: 'nodata', aliases: [] };
  const records = texts.map((text) => recordOf(name, type, text, ttl));
  return { kind: 'found', security, aliases: [], records };
}

/** `questions` takes what was asked, as `name TYPE`. */
export function reportOf(
  domain: string,
  written: Readonly<Record<string, Written>>,
  questions: string[] = [],
): Report {
  const asked = nameOf(domain);
  const lookupOf = (name: DomainName, type: RrType): ValidatedLookup => {
    questions.push(`${name} ${type}`);
    const answer = answerOf(name, type, written[`${name} ${type}`]);
    const security =
      answer.kind !== 'failed'
        ? answer.security
        : answer.why === 'bogus'
          ? 'bogus'
          : 'indeterminate';
    return {
      ...{ name, type, security, answer, reason: 'dnssec.not-fetched' },
      ...{ links: [], zones: [], claimedAuthentic: undefined, extendedErrors: [] },
      work: { messages: 0, octets: 0, verifications: 0, hashes: 0 },
    };
  };
  const known = Object.keys(written).map((key) => key.split(' ') as [DomainName, RrType]);
  for (const [, type] of known) if (!types.includes(type)) throw new Error(`no type: ${type}`);
  const world = recordedWorld({ domain: asked, atSeconds: 1_750_000_000, lookups: [] });
  return run(inspect(asked), {
    answer: (question) =>
      question.ask === 'lookup'
        ? { answer: lookupOf(question.name, question.type).answer }
        : question.ask === 'proved-lookup'
          ? { answer: lookupOf(question.name, question.type) }
          : world.answer(question),
  }).result;
}
