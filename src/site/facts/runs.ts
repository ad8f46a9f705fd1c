/**
 * Parses and computations that demonstrate a claim or a defect of the draft, by id.
 * Each finds its outcome with the parsers and formulas of the core; the claim's file states the
 * same outcome, and a test holds the two together.
 */
import { longestLifetime2016Seconds } from '../../core/sts-2016/lifetime.ts';
import { maxAgeMostSeconds } from '../../core/mta-sts/memory.ts';
import { parseSts2016Record, type Sts2016Policy } from '../../core/sts-2016/record.ts';
import {
  daysOf,
  emptyCacheShare,
  fetchesPerDayOnDemand,
  burdenOf,
} from '../../core/cost/burden.ts';
import { senders } from '../../core/cost/senders.table.ts';
import { parseTlsa } from '../../core/dane/tlsa.ts';
import { parseStsRecord } from '../../core/mta-sts/record.ts';
import { parseTlsRptRecord } from '../../core/tls-rpt/record.ts';
import type { ClaimVerdict } from '../schemas/claim.ts';

export interface RunResult {
  /** What came out, as the claim's file writes it. */
  readonly outcome: string;
  /** The verdict on the memo's sentence that this outcome supports. */
  readonly demonstrates: ClaimVerdict;
}

export interface Run {
  readonly kind: 'parse' | 'computation';
  /** What went in, literally: shown to the reader, who can try it elsewhere. */
  readonly input: string;
  readonly run: () => RunResult;
}

const read = (record: string): Sts2016Policy | undefined => {
  const result = parseSts2016Record([[record]]);
  return result.ok ? result.value.policy : undefined;
};
const isAccepted = (record: string): boolean => read(record) !== undefined;
const situationOf = (record: string): string => {
  const result = parseSts2016Record([[record]]);
  return result.ok ? 'accepted' : (result.problems[0]?.situation ?? 'unreadable');
};

/** A parse of one or more records of the draft. */
const parse = (input: string, run: () => RunResult): Run => ({ kind: 'parse', input, run });
const compute = (input: string, run: () => RunResult): Run => ({ kind: 'computation', input, run });
const shown = (outcome: string, demonstrates: ClaimVerdict): RunResult => ({
  outcome,
  demonstrates,
});
/** The verdict when the parsers agree with the sentence, and NS when they do not. */
const when = (holds: boolean, verdict: ClaimVerdict): ClaimVerdict => (holds ? verdict : 'NS');

const dayMilliseconds = 86_400_000;
const daysBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / dayMilliseconds;
const monthsBetween = (from: string, to: string): number => {
  const [fromYear = 0, fromMonth = 0] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 0] = to.split('-').map(Number);
  return (toYear - fromYear) * 12 + toMonth - fromMonth;
};
const isoDay = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);
const percent = (share: number, digits: number): string => `${(share * 100).toFixed(digits)}%`;

const complete =
  'v=STS1; to=true; mx=mx1.example.com,*.example.net; a=webpki:https://example.com/.well-known/smtp-sts; c=webpki; e=604800; rua=mailto:sts@example.com';
const stsExample = 'v=STSv1; id=20160831085700Z;';
/** Appendix 2 of the draft, with its blank at the end. */
const appendixExample = 'v=STS1; to=false; rua=mailto:sts-feedback@example.com ';
const certificate = 'MIIBszCCAVmgAwIBAgIUExampleCertificate';
const days2016 = daysOf(longestLifetime2016Seconds);

interface FetchedPolicy {
  readonly fits: boolean;
  readonly rejects: boolean;
}

/** The pseudocode of the draft's §8 line by line, with an empty cache to begin with. */
function pseudocode(answers: {
  readonly first: FetchedPolicy | undefined;
  readonly second: FetchedPolicy | undefined;
}): { readonly cached: boolean; readonly rejected: boolean; readonly stuck: boolean } {
  let policy = answers.first;
  let updateCache = true;
  let rejected = false;
  if (!policy) return { cached: false, rejected, stuck: false };
  if (!policy.fits && policy.rejects) {
    policy = answers.second;
    updateCache = true;
    // The draft goes on to test the policy without asking whether there is one.
    if (!policy) return { cached: false, rejected, stuck: true };
    if (!policy.fits) {
      rejected = true;
      updateCache = false;
    }
  }
  return { cached: updateCache, rejected, stuck: false };
}

export const runs: Readonly<Record<string, Run>> = {
  'draft-within-consultation': compute('2016-02-16, 2016-03-18, 2016-04-20', () => {
    const after = daysBetween('2016-02-16', '2016-03-18');
    const before = daysBetween('2016-03-18', '2016-04-20');
    return shown(`${after} ${before}`, when(after > 0 && before > 0, 'SN'));
  }),
  'record-without-dnssec': parse(complete, () => {
    const policy = read(complete);
    const isFree = policy !== undefined && !/dnssec|tlsa/i.test(complete);
    return shown(isFree ? 'accepted' : 'refused', when(isFree, 'S'));
  }),
  'draft-day-of-march': compute('2016-03-18', () => {
    const day = new Date('2016-03-18T00:00:00Z');
    const name = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'][
      day.getUTCDay()
    ];
    const left = daysBetween('2016-03-18', '2016-03-31');
    // "End of March" would be the last week; mid-March is the nuance.
    return shown(`${name} ${left}`, when(left > 7, 'SN'));
  }),
  'draft-last-day': compute('2016-09-19', () => {
    const next = isoDay(Date.parse('2016-09-19') + dayMilliseconds);
    return shown(next, when(next === '2016-09-20', 'S'));
  }),
  'days-until-replaced': compute('2016-03-18, 2016-04-25', () => {
    const days = daysBetween('2016-03-18', '2016-04-25');
    return shown(String(days), when(days < 42, 'S'));
  }),
  'policy-fits-in-record': parse(`${complete}\n${stsExample}`, () => {
    const policy = read(complete);
    const later = parseStsRecord([[stsExample]]);
    const inDns = policy?.mx !== undefined && policy.lifetimeSeconds !== undefined;
    const idOnly = later.ok && later.value.id !== '' && later.value.extensions.length === 0;
    return shown(
      `${inDns ? 'policy' : 'no policy'}, ${idOnly ? 'id' : 'more'}`,
      when(inDns && idOnly, 'SN'),
    );
  }),
  'to-field-values': parse('v=STS1; to=true | false | maybe | tls', () => {
    const values = ['true', 'false', 'maybe', 'tls', ''].filter((value) =>
      isAccepted(`v=STS1; to=${value}`),
    );
    return shown(values.join(', '), when(values.length === 2, 'SN'));
  }),
  'mx-field-list': parse(
    `v=STS1; to=true; mx=mx1.example.com,mx2.example.com,*.example.net`,
    () => {
      const count =
        read('v=STS1; to=true; mx=mx1.example.com,mx2.example.com,*.example.net')?.mx?.length ?? 0;
      return shown(String(count), when(count === 3, 'S'));
    },
  ),
  'authentication-field-values': parse(
    'v=STS1; to=true; a=webpki:https://example.com/policy | dnssec',
    () => {
      const values = [
        ['webpki', 'webpki:https://example.com/policy'],
        ['dnssec', 'dnssec'],
      ].filter(([, value]) => isAccepted(`v=STS1; to=true; a=${value}`));
      return shown(values.map(([name]) => name).join(', '), when(values.length === 2, 'S'));
    },
  ),
  'constraint-field-values': parse(`v=STS1; to=true; c=webpki | tlsa | ${certificate}`, () => {
    const names = ['webpki', 'tlsa'].every((value) => isAccepted(`v=STS1; to=true; c=${value}`));
    const refused = !isAccepted(`v=STS1; to=true; c=${certificate}`);
    return shown(
      refused ? 'certificate refused' : 'certificate accepted',
      when(names && refused, 'SN'),
    );
  }),
  'lifetime-six-digits': parse('v=STS1; to=true; e=999999 | 1000000 | 1209600', () => {
    const twoWeeksSeconds = 14 * 86_400;
    const longest = [...Array(8).keys()]
      .map((digits) => 10 ** (digits + 1) - 1)
      .filter((seconds) => isAccepted(`v=STS1; to=true; e=${seconds}`))
      .at(-1);
    const tooShort = !isAccepted(`v=STS1; to=true; e=${twoWeeksSeconds}`);
    return shown(String(longest), when(longest === longestLifetime2016Seconds && tooShort, 'SN'));
  }),
  'rua-is-optional': parse('v=STS1; to=true; rua=mailto:sts@example.com | v=STS1; to=true', () => {
    const both =
      isAccepted('v=STS1; to=true; rua=mailto:sts@example.com') && isAccepted('v=STS1; to=true');
    return shown(both ? 'both accepted' : 'not both', when(both, 'S'));
  }),
  'report-and-reject-together': parse('v=STS1; to=true; rua=mailto:sts@example.com', () => {
    const policy = read('v=STS1; to=true; rua=mailto:sts@example.com');
    const both = policy?.tlsOnly === true && policy.rua?.length === 1;
    return shown(both ? 'both' : 'one', when(both, 'SN'));
  }),
  'tlsa-fingerprint-length': parse(`3 1 1 ${'ab'.repeat(32)}`, () => {
    const record = parseTlsa(`3 1 1 ${'ab'.repeat(32)}`);
    const octets =
      record.ok && record.value.matchingType === 1 ? record.value.association.length : 0;
    return shown(String(octets), when(octets === 256 / 8, 'S'));
  }),
  'policy-holds-no-key': parse(`${complete}\n${complete}; key=${certificate}`, () => {
    const fields = complete.split(';').map((field) => field.trim().split('=')[0]);
    const noKey = isAccepted(complete) && !isAccepted(`${complete}; key=${certificate}`);
    return shown(noKey ? fields.join(' ') : 'a key', when(noKey, 'SN'));
  }),
  'entries-per-domain': compute('1000 messages, 40 domains', () => {
    const kept = new Set(Array.from({ length: 1_000 }, (_, message) => `domain-${message % 40}`));
    return shown(String(kept.size), when(kept.size === 40, 'SN'));
  }),
  'fetches-small-and-large': compute('r = 1/7 and 1000 a day, L = 11.57 days', () => {
    const [small, large] = [1 / 7, 1_000].map((rate) => emptyCacheShare(rate, days2016));
    const total = [1 / 7, 1_000].map((rate) => fetchesPerDayOnDemand(rate, days2016));
    // More per message, less in total: the sentence as it stands is not shown by either alone.
    const mixed = (small ?? 0) > (large ?? 1) && (total[0] ?? 1) < (total[1] ?? 0);
    return shown(`${percent(small ?? 0, 1)} ${percent(large ?? 0, 3)}`, mixed ? 'NS' : 'S');
  }),
  'report-address-beside-any-policy': parse('v=TLSRPTv1; rua=mailto:tls@example.com', () => {
    const record = parseTlsRptRecord([['v=TLSRPTv1; rua=mailto:tls@example.com']]);
    const reports = read('v=STS1; to=false; rua=mailto:sts@example.com')?.rua?.length === 1;
    return shown(record.ok ? 'accepted' : 'refused', when(record.ok && reports, 'S'));
  }),
  'dane-older-than-memo': compute('2012-08, 2015-10, 2015-10; 2016-05', () => {
    const months = ['2012-08', '2015-10', '2015-10'].map((date) => monthsBetween(date, '2016-05'));
    return shown(
      months.join(' '),
      when(
        months.every((count) => count > 0),
        'S',
      ),
    );
  }),
  'record-without-web-address': parse(
    'v=STS1; to=true; mx=mx.example.com; a=dnssec; c=tlsa; e=604800',
    () => {
      const policy = read('v=STS1; to=true; mx=mx.example.com; a=dnssec; c=tlsa; e=604800');
      const none = policy?.authentication === 'dnssec';
      return shown(none ? 'no web address' : 'web address', when(none, 'SN'));
    },
  ),
  'daily-refreshes': compute('300 and 100000 kept domains, refreshed daily', () => {
    const fetches = [300, 100_000].map((domains) =>
      Math.round(
        burdenOf({ ...senders.municipality, domains, publishingShare: 1, refreshDays: 1 })
          .httpsFetchesPerDay,
      ),
    );
    const smallerHasLess = (fetches[0] ?? 0) < (fetches[1] ?? 0);
    return shown(fetches.join(' '), smallerHasLess ? 'NS' : 'S');
  }),
  'constraint-tlsa-accepted': parse('v=STS1; to=true; mx=mx.example.com; c=tlsa', () => {
    const constraint = read('v=STS1; to=true; mx=mx.example.com; c=tlsa')?.constraint;
    return shown(constraint ?? 'refused', when(constraint === 'tlsa', 'S'));
  }),
  'fetches-on-demand-and-ahead': compute('r = 1/7 a day, L = 365.25 days, refreshed daily', () => {
    const lifetimeDays = daysOf(maxAgeMostSeconds);
    const onDemand = fetchesPerDayOnDemand(1 / 7, lifetimeDays) * 365;
    const ahead = 365;
    return shown(`${Math.round(onDemand)} ${ahead}`, when(onDemand < ahead, 'SN'));
  }),
  'empty-cache-by-size': compute('r = 12/365 and 1 a day, L = 11.57 days', () => {
    const shares = [12 / 365, 1].map((rate) => emptyCacheShare(rate, days2016));
    const smallerMissesMore = (shares[0] ?? 0) > (shares[1] ?? 1);
    return shown(shares.map((share) => percent(share, 1)).join(' '), when(smallerMissesMore, 'S'));
  }),
  'signed-share-of-nl': compute('1.9 / 5.5', () => {
    const share = 1.9 / 5.5;
    // A third is more than other countries had, and still a minority: the sentence holds with a nuance.
    return shown(percent(share, 0), share > 0.3 && share < 0.5 ? 'SN' : 'NS');
  }),
  'signed-share-growth': compute('60 - 46', () => shown(String(60 - 46), 'OP')),
  'days-to-working-group': compute('2016-05-13, 2016-05-13', () => {
    const days = daysBetween('2016-05-13', '2016-05-13');
    return shown(String(days), when(days === 0, 'SN'));
  }),
  // The count beside its share of signed domains: the survey itself came to cover more domains.
  'dane-growth': compute('4158589 / 185948; 2303613 / 12743720, 4158589 / 23220430', () => {
    const times = Math.floor(4_158_589 / 185_948);
    const shares = [2_303_613 / 12_743_720, 4_158_589 / 23_220_430];
    return shown(`${times}; ${shares.map((share) => percent(share, 1)).join(' ')}`, 'OP');
  }),
  'months-until-rfc': compute('2016-05, 2018-09', () => {
    const months = monthsBetween('2016-05', '2018-09');
    return shown(String(months), when(months > 0, 'S'));
  }),
  'example-record-fails-grammar': parse(appendixExample, () => {
    const situation = situationOf(appendixExample);
    return shown(situation, when(situation !== 'accepted', 'S'));
  }),

  // Defects of the draft itself: each demonstrates that the draft is not finished (C71).
  'required-fields-are-optional': parse('v=STS1; to=true', () => {
    const result = parseSts2016Record([['v=STS1; to=true']]);
    const missing = result.ok ? result.value.missingByProse.join(' ') : 'refused';
    return shown(missing, when(result.ok, 'S'));
  }),
  'authentication-without-prefix': parse('v=STS1; to=true; a=https://example.com/policy', () => {
    const accepted = isAccepted('v=STS1; to=true; a=https://example.com/policy');
    return shown(accepted ? 'accepted' : 'refused', when(accepted, 'S'));
  }),
  'dtext-by-the-letter': compute('%d30-39', () => {
    // Decimal 30 to 39 as the draft prints it: not one of them is a digit.
    const letters = Array.from({ length: 10 }, (_, index) => String.fromCharCode(30 + index));
    const digits = letters.filter((letter) => /[0-9]/.test(letter)).length;
    return shown(String(digits), when(digits === 0, 'S'));
  }),
  'rua-size-suffix': parse('v=STS1; to=true; rua=mailto:sts@example.com!10m', () => {
    const accepted = isAccepted('v=STS1; to=true; rua=mailto:sts@example.com!10m');
    return shown(accepted ? 'accepted' : 'refused', when(accepted, 'S'));
  }),
  'mx-underscore-example': parse('v=STS1; to=true; mx=_.example.com,_.example.net', () => {
    const situation = situationOf('v=STS1; to=true; mx=_.example.com,_.example.net');
    return shown(situation, when(situation === 'bad-mx', 'S'));
  }),
  'failed-policy-is-cached': compute('draft §8, a policy that fails and does not reject', () => {
    const end = pseudocode({ first: { fits: false, rejects: false }, second: undefined });
    return shown(end.cached ? 'cached' : 'not cached', when(end.cached, 'S'));
  }),
  'second-fetch-empty': compute('draft §8, a policy that fails and rejects, then no answer', () => {
    const end = pseudocode({ first: { fits: false, rejects: true }, second: undefined });
    return shown(end.stuck ? 'nothing to check' : 'checked', when(end.stuck, 'S'));
  }),
};
