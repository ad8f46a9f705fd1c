/**
 * `--connect`: what a browser cannot see. Opens the SMTP port of each mail host, takes STARTTLS, and
 * has the core compare the certificate with the TLSA records; fetches the policy and has the core read
 * it. The same procedures as the simulated sender's, up to the moment where that hands over a message.
 */
import { matchDane, type DaneMatch } from '../core/dane/match.ts';
import type { Report, HostReport } from '../core/check/report.ts';
import type { DomainName } from '../core/dns/name.ts';
import { fetchPolicy, type FetchedPolicy } from '../core/mta-sts/fetch.ts';
import { isListedMx, stsCertificateProblem } from '../core/mta-sts/host.ts';
import { countingNames } from '../core/pkix/names.ts';
import type { Sender } from '../core/sender/sender.ts';
import { byText } from '../core/sts-2016/switches.ts';
import type { PresentedForDane } from '../core/smtp/ask.ts';
import { openChannel } from '../core/smtp/session.ts';
import type { RuleId } from '../core/rules.ts';
import type { Trace } from '../core/trace.ts';
import { runLive } from '../world/run.ts';
import type { Say } from '../words/say.ts';
import { exitCode, worst, type ExitCode } from './exit-code.ts';
import { openPolicyWorld } from './policy-world.ts';
import { openSmtpWorld, type Agreed } from './smtp-world.ts';
import { paragraphs, type Lines } from './terminal.ts';

/** A sender that keeps to the text of both standards. */
const strict: Sender = {
  protection: 'dane-and-mta-sts',
  departures: new Set(),
  draft2016: byText,
  daneList: new Set(),
  policyGraceSeconds: 0,
};

/** Addresses of one host that are tried, the next one where nothing answers. */
const addressesTried = 3;

interface HostConnection {
  readonly host: DomainName;
  readonly address: string | undefined;
  readonly lines: readonly string[];
  readonly rules: readonly RuleId[];
  readonly agreed: Agreed | undefined;
  readonly presented: PresentedForDane | undefined;
  /** Undefined where no proved TLSA records ask for it. */
  readonly dane: DaneMatch | undefined;
  readonly code: ExitCode;
}

export interface Connected {
  readonly hosts: readonly HostConnection[];
  readonly policy:
    { readonly rules: readonly RuleId[]; readonly fetched: FetchedPolicy } | undefined;
  readonly port: number;
  readonly code: ExitCode;
  readonly json: unknown;
}

const rulesOf = ({ events }: Trace<unknown>): readonly RuleId[] =>
  events.flatMap((event) => (event.kind === 'step' ? [event.rule] : []));

export async function connectAll(
  report: Report,
  port: number,
  signal: AbortSignal,
  policyPort?: number,
): Promise<Connected> {
  const policy = await readPolicy(report, signal, policyPort);
  const hosts: HostConnection[] = [];
  for (const host of report.hosts)
    hosts.push(await connectHost(report, host, policy, port, signal));
  const isPolicyFaulty = policy?.fetched.kind === 'none';
  const code = worst([
    ...hosts.map((each) => each.code),
    isPolicyFaulty ? exitCode.finding : exitCode.good,
  ]);
  const connected = { hosts, policy, port, code };
  return { ...connected, json: jsonOf(connected) };
}

/** Only where the record announces a policy: without it no sender asks. */
async function readPolicy(report: Report, signal: AbortSignal, port?: number) {
  if (report.sts.standing !== 'found') return undefined;
  const addresses = report.sts.policyHostLookups.flatMap(({ answer }) =>
    answer.kind === 'found'
      ? answer.records.flatMap((record) =>
          record.type === 'A' || record.type === 'AAAA' ? [record.address] : [],
        )
      : [],
  );
  const world = openPolicyWorld({ addresses, signal, ...(port !== undefined && { port }) });
  const procedure = fetchPolicy(strict, report.domain, report.checkedAtSeconds);
  const trace = await runLive(procedure, world, { signal });
  return { rules: rulesOf(trace), fetched: trace.result };
}

async function connectHost(
  report: Report,
  { host, addresses, dane, candidates }: HostReport,
  policy: Connected['policy'],
  port: number,
  signal: AbortSignal,
): Promise<HostConnection> {
  const nothing = { lines: [], rules: [], agreed: undefined, presented: undefined };
  if (addresses.kind !== 'found')
    return { host, address: undefined, dane: undefined, code: exitCode.unknown, ...nothing };
  const demanded = dane?.kind === 'authenticate' ? dane : undefined;
  const published = candidates.flatMap(({ records }) => records.map(({ tlsa }) => tlsa));
  const rules: RuleId[] = [];
  for (const address of addresses.addresses.slice(0, addressesTried)) {
    const world = openSmtpWorld({ port, tlsa: demanded?.records ?? published, signal });
    try {
      const opened = await runLive(openChannel(host, address, demanded?.base ?? host), world, {
        signal,
      });
      rules.push(...rulesOf(opened));
      const common = { host, address, lines: world.lines, agreed: world.agreed };
      if (opened.result.kind === 'no-connection') continue;
      if (opened.result.kind !== 'encrypted')
        return {
          ...common,
          rules,
          presented: undefined,
          dane: undefined,
          code: exitCode.finding,
        };
      const { presented } = opened.result;
      const match =
        demanded &&
        matchDane(
          {
            tlsa: demanded.records,
            chain: presented.chain,
            referenceNames: [demanded.base, ...(demanded.mxSecure ? nextHopNames(report) : [])],
            nowSeconds: report.checkedAtSeconds,
          },
          presented.facts,
        );
      const sts = await judgeByPolicy(report, host, policy, presented);
      rules.push(...sts.rules);
      const isRefused = (match !== undefined && match.kind !== 'authenticated') || sts.isRefused;
      const code = isRefused ? exitCode.finding : exitCode.good;
      return { ...common, rules, presented, dane: match, code };
    } finally {
      world.close();
    }
  }
  return {
    host,
    address: addresses.addresses[0],
    dane: undefined,
    code: exitCode.unknown,
    ...nothing,
    rules,
  };
}

const nextHopNames = ({ mx }: Report): readonly DomainName[] =>
  mx.kind === 'hosts' ? mx.nextHopNames : [];

async function judgeByPolicy(
  report: Report,
  host: DomainName,
  policy: Connected['policy'],
  presented: PresentedForDane,
): Promise<{ rules: readonly RuleId[]; isRefused: boolean }> {
  const fetched = policy?.fetched;
  if (fetched?.kind !== 'policy' || fetched.policy.mode === 'none')
    return { rules: [], isRefused: false };
  // Nothing is asked of this world: both are decisions about what was already seen.
  const still = { answer: () => ({ answer: undefined }) };
  const listed = await runLive(isListedMx(strict, fetched.policy, host), still);
  const problem = await runLive(
    stsCertificateProblem(strict, fetched.policy, host, presented, report.checkedAtSeconds),
    still,
  );
  return {
    rules: [...rulesOf(listed), ...rulesOf(problem)],
    isRefused: !listed.result || problem.result !== undefined,
  };
}

const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

const situationsOf = (match: DaneMatch): readonly string[] => [
  ...(match.kind === 'not-authenticated' ? [match.fault] : []),
  ...match.notes,
];

export function sayConnections(say: Say, connected: Connected): Lines {
  const { hosts, policy, port } = connected;
  const fetched = policy?.fetched;
  const policyLines = policy
    ? [
        say('cli.connect.policy'),
        ...policy.rules.map((rule) => `  ${say(`rule.${rule}`)}`),
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
      ...host.rules.map((rule) => `  ${say(`rule.${rule}`)}`),
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

const jsonOf = ({ hosts, policy, port }: Omit<Connected, 'json'>) => ({
  port,
  ...(policy && {
    policy:
      policy.fetched.kind === 'policy'
        ? { ...policy.fetched.policy, body: policy.fetched.body, rules: policy.rules }
        : { problem: policy.fetched.problem, rules: policy.rules },
  }),
  hosts: hosts.map(({ host, address, lines, rules, agreed, presented, dane }) => ({
    host,
    address,
    starttls: presented !== undefined,
    ...agreed,
    rules,
    dialogue: lines,
    chain: (presented?.chain ?? []).map((certificate) => ({
      names: countingNames(certificate),
      notBefore: new Date(certificate.notBeforeSeconds * 1000).toISOString(),
      notAfter: new Date(certificate.notAfterSeconds * 1000).toISOString(),
    })),
    ...(presented && { leadsToTrustedRoot: presented.leadsToTrustedRoot }),
    ...(dane && { dane: { ...dane, authenticated: dane.kind === 'authenticated' } }),
  })),
});
