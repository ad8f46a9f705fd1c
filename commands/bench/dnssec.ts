/**
 * What a check costs: rounds, queries and octets on the wire; computing time beside another validator. Part of
 * `npm run bench`.
 */
import { dnssecLookUp, Question, type TrustAnchor as OtherAnchor } from '@relaycorp/dnssec';
import { keptIn } from '../../src/core/once-per.ts';
import { decodeMessage } from '../../src/core/dns/message.ts';
import { nameOf, type DomainName } from '../../src/core/dns/name.ts';
import { typeFromNumber, type RrType } from '../../src/core/dns/type.ts';
import { inspect } from '../../src/core/check/inspect.ts';
import { validationPolicy, type TrustAnchor } from '../../src/core/dnssec/policy.ts';
import { openSession } from '../../src/core/dnssec/session.ts';
import { validateLookup } from '../../src/core/dnssec/validate.ts';
import { parseAnchors } from '../../src/world/live/anchor.ts';
import { openLive, validatorWorld } from '../../src/world/live/live.ts';
import { runLive } from '../../src/world/run.ts';
import { nodeVerifier } from '../../src/command-line/verify.ts';
import { signatureVerifier, type Verifier } from '../../src/world/live/verify.ts';
import { queryOverTcp } from '../../tests/testbed/oracle.ts';
import { startTestbed, type Testbed } from '../../tests/testbed/testbed.ts';
import { median } from 'd3-array';

/** Lets requests through in rounds: those that were asked before any of them was answered. */
const inRounds = () => {
  let [rounds, queries, octets] = [0, 0, 0];
  let held: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  const release = () => {
    rounds++;
    const now = held;
    held = [];
    for (const go of now) go();
  };
  const gated: typeof fetch = async (input, init) => {
    clearTimeout(timer);
    timer = setTimeout(release, 40);
    await new Promise<void>((resolve) => held.push(resolve));
    const response = await fetch(input, init);
    queries += 1;
    octets += (await response.clone().arrayBuffer()).byteLength;
    return response;
  };
  return { fetch: gated, counted: () => ({ rounds, queries, octets }) };
};

async function wire(bed: Testbed, anchors: readonly TrustAnchor[]): Promise<string[]> {
  const chains: readonly [string, string][] = [
    ['a13.test', 'two mail hosts in the zone, ECDSA'],
    ['a8.test', 'two mail hosts in the zone, RSA'],
    ['nsec3.test', 'absences by NSEC3'],
    ['gemeente-zilverdam.test', 'mail hosts and policy in another zone'],
    ['insecure.test', 'unsigned'],
  ];
  const lines: string[] = [];
  for (const [domain, what] of chains) {
    const gate = inRounds();
    const live = openLive({ address: bed.doh, anchors, fetch: gate.fetch, concurrency: 1000 });
    await runLive(inspect(nameOf(domain)), live);
    const { rounds, queries, octets } = gate.counted();
    lines.push(`${domain}: ${rounds} rounds, ${queries} queries, ${octets} octets (${what})`);
  }
  return lines;
}

/** Raw answers, fetched once, so that only computing is measured. */
const answersFrom = (port: number) => {
  const kept = new Map<string, Promise<Uint8Array>>();
  return (name: DomainName, type: RrType) =>
    keptIn(kept, `${name}/${type}`, () => queryOverTcp(port, name, type, true));
};

interface Timed {
  readonly wallMilliseconds: number;
  readonly cpuMilliseconds: number;
}

async function timed(times: number, work: () => Promise<void>): Promise<Timed> {
  const walls: number[] = [];
  const cpu = process.cpuUsage();
  for (let time = 0; time < times; time++) {
    const start = performance.now();
    await work();
    walls.push(performance.now() - start);
  }
  const used = process.cpuUsage(cpu);
  return {
    wallMilliseconds: median(walls)!,
    cpuMilliseconds: (used.user + used.system) / 1000 / times,
  };
}

const shown = ({ wallMilliseconds, cpuMilliseconds }: Timed): string =>
  `${wallMilliseconds.toFixed(2)} ms, of computing ${cpuMilliseconds.toFixed(2)} ms`;

async function computing(bed: Testbed, anchors: readonly TrustAnchor[]): Promise<string[]> {
  const raw = answersFrom(bed.resolverPort);
  const world = (verify: Verifier) =>
    validatorWorld({
      async message({ name, type }) {
        const decoded = decodeMessage(await raw(name, type));
        if (!decoded.ok) throw new Error('an unreadable answer');
        return { kind: 'message', message: decoded.value };
      },
      verify,
      now: () => Math.floor(Date.now() / 1000),
    });
  const otherAnchors = anchors.flatMap((anchor): OtherAnchor[] =>
    anchor.type === 'DS'
      ? [
          {
            keyTag: anchor.keyTag,
            algorithm: anchor.algorithm,
            digestType: anchor.digestType,
            digest: Buffer.from(anchor.digest),
          },
        ]
      : [],
  );
  const lines: string[] = [];
  for (const domain of ['a13.test', 'a8.test']) {
    const name = nameOf(domain);
    const oursWith = (verifier: () => Verifier) => async () => {
      const session = openSession({ ...validationPolicy, anchors });
      const { result } = await runLive(validateLookup(session, name, 'MX'), world(verifier()));
      if (result.security !== 'secure') throw new Error(`${domain}: ${result.reason}`);
    };
    const theirs = async () => {
      const result = await dnssecLookUp(
        new Question(`${domain}.`, 15),
        async (question) =>
          Buffer.from(await raw(nameOf(question.name), typeFromNumber(question.typeId))),
        { trustAnchors: otherAnchors },
      );
      if (String(result.status) !== 'SECURE') throw new Error(`${domain}: ${result.status}`);
    };
    // All warm, then in turns, so that the machine's moods fall on all. The other library uses Node's own
    // OpenSSL, as our command line does; a page has WebCrypto and nothing else.
    const works = [oursWith(nodeVerifier), oursWith(signatureVerifier), theirs];
    for (const work of works) await timed(60, work);
    const times: Timed[][] = works.map(() => []);
    for (let turn = 0; turn < 21; turn++)
      for (const [at, work] of works.entries()) times[at]?.push(await timed(20, work));
    const middle = (all: readonly Timed[]): Timed => ({
      wallMilliseconds: median(all.map((each) => each.wallMilliseconds))!,
      // A busy machine only ever adds to this, and to threads that wait for each other most.
      cpuMilliseconds: Math.min(...all.map((each) => each.cpuMilliseconds)),
    });
    const [us, inPage, them] = times.map(middle) as [Timed, Timed, Timed];
    const ratio = (mine: Timed): string =>
      `ratio ${(mine.wallMilliseconds / them.wallMilliseconds).toFixed(2)}, of computing ${(mine.cpuMilliseconds / them.cpuMilliseconds).toFixed(2)}`;
    lines.push(
      `${domain} MX from the root: @relaycorp/dnssec ${shown(them)}`,
      `${domain} MX from the root: ours with the same OpenSSL ${shown(us)}: ${ratio(us)} (goal at most 1.5)`,
      `${domain} MX from the root: ours with WebCrypto, as in a page ${shown(inPage)}: ${ratio(inPage)}`,
    );
  }
  return lines;
}

const bed = await startTestbed();
try {
  const anchors = parseAnchors(bed.anchors.join('\n'));
  if (!anchors.ok) throw new Error('the test bed gave no anchors');
  for (const line of await wire(bed, anchors.value)) console.log(line);
  for (const line of await computing(bed, anchors.value)) console.log(line);
} finally {
  await bed.stop();
}
