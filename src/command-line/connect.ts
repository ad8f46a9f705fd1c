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
import { countingNames } from '../core/pkix/names.ts';
import type { PresentedForDane } from '../core/smtp/ask.ts';
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
import { openSmtpWorld, type Agreed } from './smtp-world.ts';
import { paragraphs, type Lines } from './terminal.ts';

/** Addresses of one host that are tried, the next one where nothing answers. */
const addressesTried = 3;

interface HostConnection {
  readonly host: DomainName;
  readonly address: string | undefined;
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
  readonly policy: { readonly told: readonly Told[]; readonly fetched: FetchedPolicy } | undefined;
  readonly port: number;
  readonly verdict: ConnectionVerdict;
  readonly code: ExitCode;
}

const codes: Readonly<Record<ConnectionVerdict['outcome'], ExitCode>> = {
  fault: exitCode.finding,
  unknown: exitCode.unknown,
  'as-published': exitCode.good,
};

export async function connectAll(
  report: Report,
  port: number,
  signal: AbortSignal,
  more: { readonly policyPort?: number; readonly seconds?: number } = {},
): Promise<Connected> {
  const { policyPort, ...patience } = more;
  const policy = await readPolicy(report, signal, policyPort, patience);
  const hosts: HostConnection[] = [];
  for (const host of report.hosts)
    hosts.push(await connectHost(report, host, policy, { port, signal, ...patience }));
  const fetched = policy?.fetched;
  const verdict = judgeConnection(verdictOf(report).standing, {
    hosts: [
      ...hosts.map(({ seen }) => seen),
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

/** How long each step is waited for, where not as long as usual. */
interface Patience {
  readonly seconds?: number;
}

/** Only where the record announces a policy: without it no sender asks. */
async function readPolicy(
  report: Report,
  signal: AbortSignal,
  port: number | undefined,
  patience: Patience,
) {
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
    ...patience,
    ...(port !== undefined && { port }),
  });
  const trace = await runLive(fetchPolicy(strictSts, report.domain, nowSeconds), world, { signal });
  return { told: toldOf(trace), fetched: trace.result };
}

async function connectHost(
  report: Report,
  { host, addresses, dane, candidates }: HostReport,
  policy: Connected['policy'],
  way: Patience & { readonly port: number; readonly signal: AbortSignal },
): Promise<HostConnection> {
  const nowSeconds = report.checkedAtSeconds;
  const demanded = dane?.kind === 'authenticate' ? dane : undefined;
  const published = candidates.flatMap(({ records }) => records.map(({ tlsa }) => tlsa));
  const told: Told[] = [];
  const nothing = {
    ...{ host, told, lines: [], agreed: undefined, presented: undefined, leftOut: 0 },
    dane: undefined,
  };
  const unseen = (channel: HostSeen['channel'], address?: string): HostConnection => ({
    ...nothing,
    address,
    seen: { host, channel, dane: undefined, sts: undefined },
  });
  if (addresses.kind !== 'found') return unseen('not-tried');
  let heard: readonly string[] = [];
  for (const address of addresses.addresses.slice(0, addressesTried)) {
    const world = openSmtpWorld({
      ...way,
      nowSeconds,
      tlsa: demanded?.records ?? published,
    });
    try {
      const { signal } = way;
      const opened = await runLive(openChannel(host, address, demanded?.base ?? host), world, {
        signal,
      });
      told.push(...toldOf(opened));
      heard = [...heard, ...world.lines];
      const { agreed, leftOut } = world;
      const common = { ...nothing, address, lines: heard, agreed, leftOut };
      if (opened.result.kind === 'no-connection') continue;
      if (opened.result.kind !== 'encrypted') {
        const isWanted = isMandatory(policy);
        return {
          ...common,
          seen: {
            ...{ host, channel: 'not-encrypted' },
            dane: dane?.kind === 'authenticate' || dane?.kind === 'encrypt' ? 'refused' : undefined,
            sts: isWanted ? 'refused' : undefined,
          },
        };
      }
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
      told.push(...sts.told);
      return {
        ...common,
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
  return { ...unseen('not-reached', addresses.addresses[0]), lines: heard };
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
  const policyLines = policy
    ? [
        say('cli.connect.policy'),
        ...sayTold(say, policy.told),
        ...(fetched?.kind === 'policy'
          ? [
              `  mode: ${fetched.policy.mode}`,
              ...fetched.policy.mx.map((pattern) => `  mx: ${pattern}`),
              `  max_age: ${fetched.policy.maxAgeSeconds}`,
            ]
          : []),
      ]
    : [];
  return paragraphs([
    ...(policyLines.length > 0 ? [policyLines] : []),
    ...hosts.map((host) => [
      say('cli.connect.host', {
        host: host.host,
        address: host.address ?? '–',
        port: String(port),
      }),
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

export const connectionsJson = (say: Say, { hosts, policy, port }: Connected): unknown => ({
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
    ({ host, address, lines, told, agreed, presented, leftOut, dane, seen: { sts } }) => ({
      host,
      address,
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
          ...(dane.record && { record: formatTlsa(dane.record) }),
          authenticated: dane.kind === 'authenticated',
          says: situationsOf(dane).map((id) => say(`situation.dane.${id}`)),
        },
      }),
      ...(sts && { sts }),
    }),
  ),
});
