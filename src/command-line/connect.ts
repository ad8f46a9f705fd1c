/**
 * `--connect`: what a browser cannot see. Opens the SMTP port of each mail host, takes STARTTLS, and
 * has the core compare the certificate with the TLSA records; fetches the policy and has the core read
 * it. The same procedures as the simulated sender's, up to the moment where that hands over a message.
 */
import {
  matchDane,
  type DaneMatch,
  type DaneMatchFault,
  type DaneNote,
} from '../core/dane/match.ts';
import type { Report, HostReport } from '../core/check/report.ts';
import { verdictOf } from '../core/check/verdict.ts';
import { formatTlsa } from '../core/dns/format.ts';
import type { DomainName } from '../core/dns/name.ts';
import { fetchPolicy, type FetchedPolicy } from '../core/mta-sts/fetch.ts';
import { strictSts } from '../core/mta-sts/departures.ts';
import { isListedMx, stsCertificateProblem } from '../core/mta-sts/host.ts';
import { countingNames, type Certificate } from '../core/pkix/certificate.ts';
import type { PresentedForDane, FetchPolicyAnswer } from '../core/smtp/ask.ts';
import { openChannel } from '../core/smtp/session.ts';
import {
  judgeConnection,
  type ConnectionVerdict,
  type HostSeen,
} from '../core/check/connection.ts';
import { dayOf } from '../view/messages/dates.ts';
import { sayLine, type Line } from '../view/messages/line.ts';
import { runLive } from '../world/run.ts';
import type { Say } from '../view/messages/say.ts';
import { certificateCauses, toldOf, type Told } from './connect-causes.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { openPolicyWorld } from './policy-world.ts';
import type { CheckJson } from './schemas.ts';
import { openSmtpWorld, type Agreed } from './smtp-world.ts';
import { paragraphs, type Lines } from './terminal.ts';

/** Addresses of one host that are tried, the next one where nothing answers; with every address, so many at most. */
const addressesTried = 3;
const addressesMost = 16;
/** Hosts of one domain under way at once; the sessions of one host follow each other, to spare it. */
const hostsAtOnce = 4;

/** The kinds of signature that a server may have a certificate for, as OpenSSL names their algorithms. */
const algorithmsOf = {
  rsa: 'rsa_pss_rsae_sha256:rsa_pss_rsae_sha384:rsa_pss_rsae_sha512:RSA+SHA256:RSA+SHA384:RSA+SHA512',
  ecdsa:
    'ecdsa_secp256r1_sha256:ecdsa_secp384r1_sha384:ecdsa_secp521r1_sha512:ed25519:ed448:ECDSA+SHA256',
} as const;
export type CertificateKind = keyof typeof algorithmsOf;

/** One session with a host: at one address, and offering one kind of signature where that was asked. */
interface HostConnection {
  readonly host: DomainName;
  readonly address: string | undefined;
  readonly kind: CertificateKind | undefined;
  /** The server has no certificate of this kind, and one of another. */
  readonly isKindAbsent: boolean;
  readonly lines: readonly string[];
  readonly told: readonly Told[];
  readonly agreed: Agreed | undefined;
  readonly presented: PresentedForDane | undefined;
  /** Certificates that were sent and not looked at. */
  readonly leftOut: number;
  /** Undefined where no proved TLSA records ask for it. */
  readonly dane: DaneMatch | undefined;
  readonly seen: HostSeen;
}

export interface Connected {
  readonly hosts: readonly HostConnection[];
  readonly policy:
    | {
        readonly told: readonly Told[];
        readonly fetched: FetchedPolicy;
        /** The policy host's own, where one was shown. */
        readonly certificate: Certificate | undefined;
      }
    | undefined;
  readonly port: number;
  readonly verdict: ConnectionVerdict;
  readonly code: ExitCode;
}

const codes: Readonly<Record<ConnectionVerdict['outcome'], ExitCode>> = {
  fault: exitCode.finding,
  unknown: exitCode.unknown,
  'as-published': exitCode.good,
};

/** How connections are made, where not as usual. */
export interface Manner {
  readonly policyPort?: number | undefined;
  /** How long each step is waited for. */
  readonly seconds?: number | undefined;
  /** Each address of each host, and not the first that answers. */
  readonly everyAddress?: boolean;
  /** A session for each; one with all of them unless given. */
  readonly kinds?: readonly CertificateKind[] | undefined;
}

export async function connectAll(
  report: Report,
  port: number,
  signal: AbortSignal,
  manner: Manner = {},
): Promise<Connected> {
  const policy = await readPolicy(report, signal, manner);
  const found: (readonly HostConnection[])[] = [];
  const waiting = [...report.hosts.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      found[next[0]] = await connectHost(report, next[1], policy, { ...manner, port, signal });
  };
  await Promise.all(Array.from({ length: hostsAtOnce }, work));
  const hosts = found.flat();
  const fetched = policy?.fetched;
  const verdict = judgeConnection(verdictOf(report).standing, {
    hosts: [
      ...hosts.filter(({ isKindAbsent }) => !isKindAbsent).map(({ seen }) => seen),
      // Beyond our bound: nothing is said of them, and so nothing of all.
      ...report.hostsLeftOut.map((host): HostSeen => ({
        ...{ host, channel: 'not-tried', dane: undefined, sts: undefined },
      })),
    ],
    policy:
      fetched &&
      (fetched.kind === 'policy' ? { usable: true, mode: fetched.policy.mode } : { usable: false }),
  });
  return { hosts, policy, port, verdict, code: codes[verdict.outcome] };
}

type Way = Manner & { readonly port: number; readonly signal: AbortSignal };

/** Only where the record announces a policy: without it no sender asks. */
async function readPolicy(
  report: Report,
  signal: AbortSignal,
  manner: Manner,
): Promise<Connected['policy']> {
  if (report.sts.standing !== 'found') return undefined;
  const nowSeconds = report.checkedAtSeconds;
  const addresses = report.sts.policyHostLookups.flatMap(({ answer }) =>
    answer.kind === 'found'
      ? answer.records.flatMap((record) =>
          record.type === 'A' || record.type === 'AAAA' ? [record.address] : [],
        )
      : [],
  );
  const world = openPolicyWorld({
    addresses,
    nowSeconds,
    signal,
    seconds: manner.seconds,
    port: manner.policyPort,
  });
  const trace = await runLive(fetchPolicy(strictSts, report.domain, nowSeconds), world, { signal });
  const answers = trace.events.flatMap((event) =>
    event.kind === 'asked' && event.ask.ask === 'fetch-policy'
      ? [event.answer as FetchPolicyAnswer]
      : [],
  );
  const [leaf] = answers.flatMap((answer) => (answer.kind === 'response' ? answer.chain : []));
  return {
    told: toldOf(trace),
    fetched: trace.result,
    certificate: leaf,
  };
}

async function connectHost(
  report: Report,
  host: HostReport,
  policy: Connected['policy'],
  way: Way,
): Promise<readonly HostConnection[]> {
  const { addresses } = host;
  if (addresses.kind !== 'found') return [unseen(host.host, 'not-tried')];
  const { everyAddress = false, kinds = [undefined] } = way;
  const sessions: HostConnection[] = [];
  for (const address of addresses.addresses.slice(
    0,
    everyAddress ? addressesMost : addressesTried,
  )) {
    const atAddress: HostConnection[] = [];
    for (const kind of kinds) {
      const session = await connectOnce(report, host, policy, way, address, kind);
      atAddress.push(session);
      // Who does not answer has no certificate of another kind either.
      if (session.seen.channel === 'not-reached') break;
    }
    sessions.push(...withAbsentKinds(atAddress));
    if (!everyAddress && atAddress.some(({ seen }) => seen.channel !== 'not-reached')) break;
  }
  if (everyAddress) return sessions;
  // Addresses that did not answer are told with the one that did; where none did, with the first.
  const missed = sessions.filter(({ seen }) => seen.channel === 'not-reached');
  const met = sessions.filter(({ seen }) => seen.channel !== 'not-reached');
  const [first, ...others] = met.length > 0 ? met : missed.slice(0, 1);
  if (first === undefined) return [unseen(host.host, 'not-reached')];
  const before = met.length > 0 ? missed : [];
  const told = met.length > 0 ? first.told : missed.flatMap((each) => each.told);
  const lines = met.length > 0 ? first.lines : missed.flatMap((each) => each.lines);
  return [
    {
      ...first,
      told: [...before.flatMap((each) => each.told), ...told],
      lines: [...before.flatMap((each) => each.lines), ...lines],
    },
    ...others,
  ];
}

const unseen = (
  host: DomainName,
  channel: HostSeen['channel'],
  address?: string,
): HostConnection => ({
  ...{ host, address, kind: undefined, isKindAbsent: false },
  ...{ told: [], lines: [], agreed: undefined, presented: undefined, leftOut: 0 },
  dane: undefined,
  seen: { host, channel, dane: undefined, sts: undefined },
});

/** How a handshake ends with a server that has no certificate for what was offered (RFC 8446 §4.4.2.2). */
const isWithoutKind = ({ told }: HostConnection): boolean =>
  told.some(({ causes }) =>
    causes.some(
      ({ key, args }) =>
        key === 'cli.cause.tls-refused-here' ||
        (key === 'cli.cause.tls-alert' && args?.['alert'] === 'handshake_failure'),
    ),
  );

/** Only beside another kind that the server does have: alone, it is a server without TLS. */
function withAbsentKinds(sessions: readonly HostConnection[]): readonly HostConnection[] {
  if (!sessions.some(({ seen }) => seen.channel === 'encrypted')) return sessions;
  return sessions.map((session) =>
    session.seen.channel === 'not-encrypted' && isWithoutKind(session)
      ? {
          ...unseen(session.host, 'not-tried', session.address),
          kind: session.kind,
          isKindAbsent: true,
        }
      : session,
  );
}

async function connectOnce(
  report: Report,
  { host, dane, candidates }: HostReport,
  policy: Connected['policy'],
  way: Way,
  address: string,
  kind: CertificateKind | undefined,
): Promise<HostConnection> {
  const nowSeconds = report.checkedAtSeconds;
  const { port, signal, seconds } = way;
  const demanded = dane?.kind === 'authenticate' ? dane : undefined;
  const published = candidates.flatMap(({ records }) => records.map(({ tlsa }) => tlsa));
  const world = openSmtpWorld({
    ...{ port, signal, seconds, nowSeconds },
    signatureAlgorithms: kind && algorithmsOf[kind],
    tlsa: demanded?.records ?? published,
  });
  try {
    const opened = await runLive(openChannel(host, address, demanded?.base ?? host), world, {
      signal,
    });
    const told = toldOf(opened);
    const { agreed, leftOut, lines } = world;
    const common = { ...unseen(host, 'not-reached', address), kind, told, lines, agreed, leftOut };
    if (opened.result.kind === 'no-connection') return common;
    if (opened.result.kind !== 'encrypted')
      return {
        ...common,
        seen: {
          ...{ host, channel: 'not-encrypted' },
          dane: dane?.kind === 'authenticate' || dane?.kind === 'encrypt' ? 'refused' : undefined,
          sts: isMandatory(policy) ? 'refused' : undefined,
        },
      };
    const { presented } = opened.result;
    const match =
      demanded &&
      matchDane(
        {
          tlsa: demanded.records,
          chain: presented.chain,
          referenceNames: [demanded.base, ...(demanded.mxSecure ? nextHopNames(report) : [])],
          nowSeconds,
        },
        presented.facts,
      );
    const sts = await judgeByPolicy(report, host, policy, presented);
    return {
      ...common,
      told: [...told, ...sts.told],
      presented,
      dane: match,
      seen: {
        ...{ host, channel: 'encrypted', sts: sts.verdict },
        dane: match && (match.kind === 'authenticated' ? 'recognised' : 'refused'),
      },
    };
  } finally {
    world.close();
  }
}

const nextHopNames = ({ mx }: Report): readonly DomainName[] =>
  mx.kind === 'hosts' ? mx.nextHopNames : [];

/** Does a policy count that demands TLS and a certificate? */
const isMandatory = (policy: Connected['policy']): boolean =>
  policy?.fetched.kind === 'policy' && policy.fetched.policy.mode !== 'none';

async function judgeByPolicy(
  report: Report,
  host: DomainName,
  policy: Connected['policy'],
  presented: PresentedForDane,
): Promise<{ readonly told: readonly Told[]; readonly verdict: HostSeen['sts'] }> {
  const fetched = policy?.fetched;
  if (fetched?.kind !== 'policy' || fetched.policy.mode === 'none')
    return { told: [], verdict: undefined };
  // Nothing is asked of this world: both are decisions about what was already seen.
  const still = { answer: () => ({ answer: undefined }) };
  const listed = await runLive(isListedMx(strictSts, fetched.policy, host), still);
  const problem = await runLive(
    stsCertificateProblem(strictSts, fetched.policy, host, presented, report.checkedAtSeconds),
    still,
  );
  const unlisted: Line = {
    key: 'cli.cause.not-listed',
    args: { patterns: fetched.policy.mx.slice(0, 10).join(', ') },
  };
  return {
    told: [
      ...toldOf(listed).map((told) => (listed.result ? told : { ...told, causes: [unlisted] })),
      ...toldOf(problem).map((told) => ({
        ...told,
        causes: certificateCauses(presented, problem.result ?? '', host),
      })),
    ],
    verdict: listed.result && problem.result === undefined ? 'admitted' : 'refused',
  };
}

const situationsOf = (match: DaneMatch): readonly (DaneMatchFault | DaneNote)[] => [
  ...(match.kind === 'not-authenticated' ? [match.fault] : []),
  ...match.notes,
];

/** Each rule with its causes; where the cause is known, "no connection" would be less than is known, or untrue. */
const sayTold = (say: Say, told: readonly Told[]): readonly string[] =>
  told.flatMap(({ rule, causes }) => [
    ...(rule === 'smtp.host-unreachable' && causes.length > 0 ? [] : [`  ${say(`rule.${rule}`)}`]),
    ...causes.map(
      (each) => `${rule === 'smtp.host-unreachable' ? '  ' : '    '}${sayLine(say, each)}`,
    ),
  ]);

export function sayConnections(say: Say, connected: Connected): Lines {
  const { hosts, policy, port } = connected;
  const fetched = policy?.fetched;
  const policyLines =
    fetched?.kind === 'policy'
      ? [
          `  mode: ${fetched.policy.mode}`,
          ...fetched.policy.mx.map((pattern) => `  mx: ${pattern}`),
          `  max_age: ${fetched.policy.maxAgeSeconds}`,
        ]
      : [];
  return paragraphs([
    ...(policy ? [[say('cli.connect.policy'), ...sayTold(say, policy.told), ...policyLines]] : []),
    ...hosts.map((host) => [
      say('cli.connect.host', {
        host: host.host,
        address: host.address ?? '–',
        port: String(port),
        kind: host.kind ?? 'any',
      }),
      ...(host.isKindAbsent ? [`  ${say('cli.connect.kind-absent')}`] : []),
      ...sayTold(say, host.told),
      ...(host.agreed ? [`  ${host.agreed.protocol}, ${host.agreed.cipher}`] : []),
      ...(host.presented?.chain ?? []).map(
        (certificate, depth) =>
          `  ${say('cli.connect.certificate', {
            place: depth,
            names: countingNames(certificate).join(', ') || '–',
            from: dayOf(certificate.notBeforeSeconds),
            until: dayOf(certificate.notAfterSeconds),
          })}`,
      ),
      ...(host.leftOut > 0 ? [`  ${say('cli.connect.left-out', { count: host.leftOut })}`] : []),
      ...(host.presented
        ? [
            `  ${host.dane ? say(`cli.connect.dane.${host.dane.kind}`) : say('cli.connect.dane.not-asked')}`,
            ...(host.dane
              ? situationsOf(host.dane).map((id) => `  ${say(`situation.dane.${id}`)}`)
              : []),
          ]
        : []),
    ]),
    say('cli.connect.moment'),
  ]);
}

const toldJson = (say: Say, told: readonly Told[]) => ({
  rules: told.map(({ rule }) => rule),
  causes: told.flatMap(({ rule, causes }) =>
    causes.map((each) => ({
      rule,
      id: each.key.replace(/^(?:cli\.cause|lookup\.policy\.note)\./, ''),
      ...each.args,
      ...(each.why && { why: each.why }),
      says: sayLine(say, each),
    })),
  ),
});

export const connectionsJson = (
  say: Say,
  { hosts, policy, port }: Connected,
): NonNullable<CheckJson['connect']> => ({
  port,
  ...(policy && {
    policy:
      policy.fetched.kind === 'policy'
        ? {
            ...policy.fetched.policy,
            body: policy.fetched.body,
            ...toldJson(say, policy.told),
          }
        : { problem: policy.fetched.problem, ...toldJson(say, policy.told) },
  }),
  hosts: hosts.map(
    ({
      host,
      address,
      kind,
      isKindAbsent,
      lines,
      told,
      agreed,
      presented,
      leftOut,
      dane,
      seen,
    }) => ({
      host,
      address: address ?? null,
      channel: isKindAbsent ? 'no-such-certificate' : seen.channel,
      ...(kind && { certificates: kind }),
      starttls: presented !== undefined,
      ...agreed,
      ...toldJson(say, told),
      dialogue: lines,
      chain: (presented?.chain ?? []).map((certificate) => ({
        names: countingNames(certificate),
        notBefore: new Date(certificate.notBeforeSeconds * 1000).toISOString(),
        notAfter: new Date(certificate.notAfterSeconds * 1000).toISOString(),
      })),
      ...(leftOut > 0 && { chainLeftOut: leftOut }),
      ...(presented && { leadsToTrustedRoot: presented.leadsToTrustedRoot }),
      ...(presented?.untrusted && { untrusted: presented.untrusted }),
      ...(dane && {
        dane: {
          ...dane,
          record: dane.record && formatTlsa(dane.record),
          authenticated: dane.kind === 'authenticated',
          says: situationsOf(dane).map((id) => say(`situation.dane.${id}`)),
        },
      }),
      ...(seen.sts && { sts: seen.sts }),
    }),
  ),
});
