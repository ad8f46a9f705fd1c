/**
 * `sts-dane tlsa NEW.pem --host MX --check-deploy --state FILE`: for a deploy hook. Ends with 0 when the
 * server may show the new certificate, with 1 while it may not, with 3 where the DNS could not be asked:
 * then it may not either. When a record was first seen is kept in the state.
 */
import type { TlsaProposal } from '../core/dane/association.ts';
import type { MessageKey } from '../view/messages/message-key.ts';
import type { MessageAnswer } from '../core/ask.ts';
import type { Tlsa } from '../core/dane/tlsa.ts';
import { nameOf, type DomainName } from '../core/dns/name.ts';
import { recordsOfType } from '../core/dns/record.ts';
import type { ValidatedLookup } from '../core/dnssec/validate.ts';
import { mayDeploy, seenNow, type DeployVerdict } from '../core/publish/deploy.ts';
import { tlsaOwner, tlsaZoneLines } from '../core/publish/tlsa-plan.ts';
import { openLive } from '../world/live/live.ts';
import { readKept, writeWhole } from './files.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import type { Run } from './arguments.ts';
import { resolverFetch } from './resolver-fetch.ts';
import { readSource } from './resolver.ts';
import { deployStateSchema, type DeployState } from './schemas.ts';
import type { Terminal } from './terminal.ts';
import { nodeVerifier } from './verify.ts';

const ends: Readonly<Record<DeployVerdict['kind'], ExitCode>> = {
  'no-records': exitCode.good,
  'same-record': exitCode.good,
  ready: exitCode.good,
  absent: exitCode.finding,
  'too-young': exitCode.finding,
};

interface Proposed {
  readonly records: readonly TlsaProposal[];
}

const fittingRecords = (made: readonly Proposed[]): readonly Tlsa[] =>
  made.flatMap(({ records }) => records.filter(({ canMatch }) => canMatch).map(({ tlsa }) => tlsa));

export async function checkDeploy(
  asked: {
    readonly run: Run;
    readonly host: DomainName;
    readonly current: readonly Proposed[];
    readonly next: readonly Proposed[];
  },
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { run, host } = asked;
  const { options } = run;
  const { say } = terminal;
  const end = (code: ExitCode, key: MessageKey, args = {}) => {
    terminal.err(say(key, args));
    return code;
  };
  const { state: path = '' } = options;
  const source = readSource(options, terminal.environment);
  if (!source.ok) return end(exitCode.usage, source.key, source.args);
  const nowSeconds = Math.floor(Date.now() / 1000);
  const read = await readKept(path, deployStateSchema);
  if (read === 'broken' || read === 'unreadable')
    return end(exitCode.usage, 'cli.watch.state-broken', { path });
  const { owners } = read === 'absent' ? { owners: {} as DeployState['owners'] } : read.kept;
  const owner = tlsaOwner(host, options.port);
  const known = owners[owner];
  if (Object.values(known?.firstSeen ?? {}).some((seen) => seen > nowSeconds + 60))
    return end(exitCode.unknown, 'cli.watch.clock', { path });

  const looked = await lookUp(owner, source.source, signal);
  const { answer, security } = looked.lookup;
  if (answer.kind === 'failed')
    return end(
      exitCode.unknown,
      security === 'bogus' ? 'cli.deploy.bogus' : 'cli.deploy.not-looked-up',
      { owner },
    );
  const published =
    answer.kind === 'found' && answer.security === 'secure'
      ? recordsOfType(answer.records, 'TLSA')
      : [];
  const firstSeen = seenNow(published, known?.firstSeen ?? {}, nowSeconds);
  // The longest that any cache was told to keep what stood there.
  const ttlSeconds = Math.max(looked.ttlSeconds, known?.ttlSeconds ?? 0, options.ttl ?? 0);
  const state: DeployState = {
    version: 1,
    owners: { ...owners, [owner]: { ttlSeconds, firstSeen } },
  };
  const code = await writeWhole(path, `${JSON.stringify(state)}\n`);
  if (code !== undefined) return end(exitCode.usage, 'cli.watch.state-unwritable', { path, code });
  const next = fittingRecords(asked.next);
  const verdict = mayDeploy({
    ...{ published, next, current: fittingRecords(asked.current), firstSeen },
    ...{ ttlSeconds, nowSeconds },
  });
  const lines = tlsaZoneLines(host, ttlSeconds || 3600, next.slice(0, 1), options.port);
  const waitSeconds = verdict.kind === 'too-young' ? verdict.waitSeconds : 0;
  const says = say(`cli.deploy.${verdict.kind}`, {
    ...{ owner, ttl: ttlSeconds, minutes: Math.ceil(waitSeconds / 60) },
  });
  const isYes = ends[verdict.kind] === exitCode.good;
  await (options.format === 'json'
    ? terminal.json({
        ...{ version: 1, owner, verdict: verdict.kind, mayDeploy: isYes, waitSeconds },
        ...{ ttlSeconds, says, publish: verdict.kind === 'absent' ? lines : [] },
      })
    : terminal.out([says, ...(verdict.kind === 'absent' ? lines : [])]));
  return ends[verdict.kind];
}

/** The proved answer, and the TTL that its signatures state: what a resolver hands out counts down. */
async function lookUp(
  owner: string,
  { address, anchors }: Parameters<typeof openLive>[0],
  signal: AbortSignal,
): Promise<{ readonly lookup: ValidatedLookup; readonly ttlSeconds: number }> {
  let ttlSeconds = 0;
  const hear = (answer: MessageAnswer) => {
    if (answer.kind !== 'message') return;
    for (const { originalTtlSeconds, typeCovered } of recordsOfType(answer.message.answer, 'RRSIG'))
      if (typeCovered === 'TLSA' || typeCovered === 'CNAME')
        ttlSeconds = Math.max(ttlSeconds, originalTtlSeconds);
  };
  const live = openLive({
    ...{ address, anchors, signal, fetch: resolverFetch(), verify: nodeVerifier() },
    onAnswer: (_, answer) => hear(answer),
  });
  const question = { ask: 'proved-lookup', name: nameOf(owner), type: 'TLSA' } as const;
  const { answer } = await live.answer(question);
  return { lookup: answer as ValidatedLookup, ttlSeconds };
}
