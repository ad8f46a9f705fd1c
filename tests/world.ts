/**
 * A world written down, as a literal: what is answered, by question.
 *
 *     answers({ 'example.nl MX': ['10 mx.example.nl'], A: ['192.0.2.1'], connect: open })
 *
 * A lookup is answered by its name and type, else by its type, else with a proof that there is nothing.
 * Any other question must be written: a procedure that asks more than the test expects fails it.
 */
import type { AllAsk, AnswerTo, Ask, Asks, LookupAnswer, LookupFailure } from '../src/core/ask.ts';
import { inspect } from '../src/core/check/inspect.ts';
import type { Report } from '../src/core/check/report.ts';
import { parseTlsa } from '../src/core/dane/tlsa.ts';
import { nameOf, type DomainName } from '../src/core/dns/name.ts';
import type { ResourceRecord, RrType } from '../src/core/dns/record.ts';
import type { LinkEvidence } from '../src/core/dnssec/evidence.ts';
import type { ValidatedLookup } from '../src/core/dnssec/validate.ts';
import type { Certificate } from '../src/core/pkix/certificate.ts';
import type { FetchPolicyAnswer } from '../src/core/smtp/ask.ts';
import type { Procedure } from '../src/core/trace.ts';
import { run, type World } from '../src/world/run.ts';

/** Records as text; a failure by its name; `nxdomain`; records that are not signed; what an alias leads to; or as it is. */
export type Written =
  | { readonly alias: string; readonly isAliasSigned?: boolean; readonly then: Written }
  | readonly string[]
  | LookupFailure
  | 'nxdomain'
  | { readonly unsigned: readonly string[]; readonly ttlSeconds?: number }
  | { readonly ttlSeconds: number; readonly signed: readonly string[] }
  | LookupAnswer;

type WrittenType = 'MX' | 'A' | 'AAAA' | 'TXT' | 'TLSA';
type Other = Exclude<keyof Asks, 'lookup' | 'proved-lookup' | 'all'>;

export type Answers = Readonly<
  Partial<Record<`${string} ${WrittenType}` | WrittenType, Written>> & {
    [Kind in Other]?: AnswerTo<Asks[Kind]['ask']> | ((question: Asks[Kind]['ask']) => unknown);
  }
>;

function recordOf(name: DomainName, type: RrType, text: string, ttlSeconds: number) {
  const owned = { name, ttlSeconds };
  switch (type) {
    case 'MX': {
      const [preference = '', exchange = ''] = text.split(' ');
      return { ...owned, type, preference: Number(preference), exchange: nameOf(exchange) };
    }
    case 'TXT':
      return { ...owned, type, strings: [Uint8Array.from(Buffer.from(text, 'latin1'))] };
    case 'TLSA': {
      const read = parseTlsa(text);
      if (!read.ok) throw new Error(`no TLSA record: ${text}`);
      return { ...owned, type, ...read.value };
    }
    default:
      return { ...owned, type, address: text } as ResourceRecord;
  }
}

/** What this is, as an answer. */
export function lookupAnswer(name: DomainName, type: RrType, written: Written = []): LookupAnswer {
  if (written === 'nxdomain')
    return { kind: 'absent', security: 'secure', denial: 'nxdomain', aliases: [] };
  if (typeof written === 'string') return { kind: 'failed', why: written };
  if ('kind' in written) return written;
  if ('alias' in written) {
    const to = nameOf(written.alias);
    const security = written.isAliasSigned === false ? 'insecure' : 'secure';
    const end = lookupAnswer(to, type, written.then);
    const aliases = [{ from: name, to, security } as const, ...(end.aliases ?? [])];
    if (end.kind === 'failed') return { ...end, aliases };
    return { ...end, security: security === 'secure' ? end.security : 'insecure', aliases };
  }
  const isUnsigned = 'unsigned' in written;
  const texts = isUnsigned ? written.unsigned : 'signed' in written ? written.signed : written;
  const ttl = 'ttlSeconds' in written ? (written.ttlSeconds ?? 3600) : 3600;
  const security = isUnsigned ? 'insecure' : 'secure';
  if (texts.length === 0) return { kind: 'absent', security, denial: 'nodata', aliases: [] };
  const records = texts.map((text) => recordOf(name, type, text, ttl));
  return { kind: 'found', security, aliases: [], records };
}

const bogusLink = (name: DomainName, type: RrType): LinkEvidence => ({
  ...{ name, type, kind: 'found', security: 'bogus', reason: 'dnssec.not-fetched' },
  ...{ signatures: [], denials: [] },
});

/** The last name that is asked for, where aliases lead. */
const endOf = (name: DomainName, written: Written = []): DomainName =>
  typeof written === 'object' && 'alias' in written
    ? endOf(nameOf(written.alias), written.then)
    : name;

/** As the validator hands it over; of the proof itself there is nothing. */
function validated(
  name: DomainName,
  type: RrType,
  answer: LookupAnswer,
  end: DomainName,
): ValidatedLookup {
  const failed = answer.kind === 'failed' && answer.why === 'bogus' ? 'bogus' : 'indeterminate';
  const security = answer.kind === 'failed' ? failed : answer.security;
  return {
    ...{ name, type, answer, security, reason: 'dnssec.not-fetched' },
    ...{
      links: failed === 'bogus' && answer.kind === 'failed' ? [bogusLink(end, type)] : [],
      zones: [],
      claimedAuthentic: undefined,
      extendedErrors: [],
    },
    work: { messages: 0, octets: 0, verifications: 0, hashes: 0 },
  };
}

export function answers(written: Answers): World {
  const given = written as Readonly<Record<string, unknown>>;
  return {
    answer(question: Exclude<Ask, AllAsk>) {
      if (question.ask === 'lookup' || question.ask === 'proved-lookup') {
        const { name, type } = question;
        const said = (given[`${name} ${type}`] ?? given[type]) as Written;
        const answer = lookupAnswer(name, type, said);
        return {
          answer:
            question.ask === 'lookup' ? answer : validated(name, type, answer, endOf(name, said)),
        };
      }
      if (!(question.ask in given)) throw new Error(`asked for ${question.ask}`);
      const answer = given[question.ask];
      const isWorkedOut = typeof answer === 'function';
      return { answer: isWorkedOut ? (answer as (of: Ask) => unknown)(question) : answer };
    },
  };
}

/** The result, the rules passed (a departure by its own id) with their evidence, and what was asked. */
export function ran<Result>(procedure: Procedure<Result>, written: Answers) {
  const { result, events } = run(procedure, answers(written));
  const steps = events.flatMap((event) => (event.kind === 'step' ? [event] : []));
  const passed = steps.map(({ rule, evidence }) => (evidence?.['departure'] ?? rule) as string);
  const asked = events.flatMap((event) => (event.kind === 'asked' ? [event.ask] : []));
  return { result, passed, evidence: steps.map(({ evidence }) => evidence), asked };
}

/** The check's report of a domain of which this is all that is answered. */
export const reportOf = (domain: string, written: Answers): Report =>
  ran(inspect(nameOf(domain)), { now: 1_750_000_000, ...written }).result;

/** A certificate of the policy host of example.nl, valid from 0 to 1000, by a known issuer. */
export const certificateOf = (change: Partial<Certificate> = {}): Certificate => ({
  ...{ der: new Uint8Array(), spki: new Uint8Array(), subject: '01', issuer: '02' },
  ...{ dnsNames: ['mta-sts.example.nl'], isCa: false, mayServeTls: true },
  ...{ notBeforeSeconds: 0, notAfterSeconds: 1000, ...change },
});

type Response = Extract<FetchPolicyAnswer, { readonly kind: 'response' }>;

/** A policy host that shows that certificate and serves plain text. */
export const served = (body: string, change: Partial<Response> = {}): Response => ({
  ...{ kind: 'response', status: 200, contentType: 'text/plain', body },
  ...{ chain: [certificateOf()], leadsToTrustedRoot: true, ...change },
});
