/**
 * A change to a world: what a situation has that the simulator's knobs cannot express, on top of
 * what they can. Written small, so that a file shows what is special about its situation.
 */
import type {
  MailServer,
  Past,
  PolicyHost,
  Scenario,
  SymbolicCertificate,
  Zone,
  ZoneRecord,
} from './scenario.ts';

/** Parts by what names them: a zone's name, an address, a policy host's name, a certificate's id. */
export interface PlacesChange {
  readonly zones?: Readonly<Record<string, ZoneChange>>;
  readonly certificates?: Readonly<Record<string, Partial<SymbolicCertificate>>>;
  readonly servers?: Readonly<Record<string, Partial<Omit<MailServer, 'address'>>>>;
  readonly policyHosts?: Readonly<Record<string, PolicyHostChange>>;
}

export type ZoneChange = Partial<Omit<Zone, 'name' | 'records'>> & {
  /** Type and owner, `TXT _mta-sts.gemeente.example`: taken away before `records` are added. */
  readonly without?: readonly string[];
  readonly records?: readonly ZoneRecord[];
};

export type PolicyHostChange = Partial<Omit<PolicyHost, 'host'>> & {
  /** So many octets of an unknown field behind the body, for what is too large to write out. */
  readonly paddingOctets?: number;
};

export interface WorldChange extends PlacesChange {
  readonly clockSeconds?: number;
  readonly domain?: string;
  readonly sender?: Partial<Scenario['sender']>;
  readonly resolver?: Partial<Scenario['resolver']>;
  /** Beside what the knobs give the attacker; a part that both give is this one. */
  readonly attacker?: Scenario['attacker'];
  /** Changes the world of the past, which otherwise is that of the knobs, or the present one. */
  readonly past?: PlacesChange & { readonly deliveries?: Past['deliveries'] };
}

export function changeScenario(scenario: Scenario, change: WorldChange): Scenario {
  const { zones, certificates, servers, policyHosts, past, sender, resolver, attacker, ...plain } =
    change;
  const here: PlacesChange = {
    ...(zones && { zones }),
    ...(certificates && { certificates }),
    ...(servers && { servers }),
    ...(policyHosts && { policyHosts }),
  };
  return {
    ...scenario,
    ...plain,
    sender: { ...scenario.sender, ...sender },
    resolver: { ...scenario.resolver, ...resolver },
    attacker: { ...scenario.attacker, ...attacker },
    ...changePlaces(scenario, here),
    ...pastOf(scenario, past),
  };
}

type Places = Pick<Scenario, 'zones' | 'certificates' | 'servers' | 'policyHosts'>;

function pastOf(scenario: Scenario, change: WorldChange['past']): { readonly past?: Past } {
  const { past } = scenario;
  if (change === undefined) return past === undefined ? {} : { past };
  const { deliveries = past?.deliveries ?? [], ...places } = change;
  const then: Places = {
    zones: past?.zones ?? scenario.zones,
    certificates: past?.certificates ?? scenario.certificates,
    servers: past?.servers ?? scenario.servers,
    policyHosts: past?.policyHosts ?? scenario.policyHosts,
  };
  return { past: { deliveries, ...changePlaces(then, places) } };
}

function changePlaces(places: Places, change: PlacesChange): Places {
  return {
    zones: changeAll(places.zones, change.zones, ({ name }) => name, newZone, changeZone),
    certificates: changeCertificates(places.certificates, change.certificates),
    servers: changeAll(
      places.servers,
      change.servers,
      ({ address }) => address,
      newServer,
      (server, each) => ({ ...server, ...each }),
    ),
    policyHosts: changeAll(
      places.policyHosts,
      change.policyHosts,
      ({ host }) => host,
      newPolicyHost,
      changePolicyHost,
    ),
  };
}

/** Changes the parts that are named, and adds those that were not there. */
function changeAll<Part, Change>(
  parts: readonly Part[],
  changes: Readonly<Record<string, Change>> | undefined,
  nameOfPart: (part: Part) => string,
  create: (name: string) => Part,
  apply: (part: Part, change: Change) => Part,
): readonly Part[] {
  if (changes === undefined) return parts;
  const changed = parts.map((part) => {
    const change = changes[nameOfPart(part)];
    return change === undefined ? part : apply(part, change);
  });
  const known = new Set(parts.map(nameOfPart));
  const added = Object.entries(changes).filter(([name]) => !known.has(name));
  return [...changed, ...added.map(([name, change]) => apply(create(name), change))];
}

const newZone = (name: string): Zone => ({ name, signed: true, records: [] });
const newServer = (address: string): MailServer => ({
  address,
  host: 'unnamed.example',
  owner: 'genuine',
  starttls: true,
});
const newPolicyHost = (host: string): PolicyHost => ({
  host,
  owner: 'genuine',
  certificate: 'policy-host',
  status: 200,
  contentType: 'text/plain',
  body: '',
});

function changeZone(zone: Zone, { without = [], records = [], ...rest }: ZoneChange): Zone {
  const kept = zone.records.filter(({ type, name }) => !without.includes(`${type} ${name}`));
  return { ...zone, ...rest, records: [...kept, ...records] };
}

function changePolicyHost(
  policyHost: PolicyHost,
  { paddingOctets = 0, ...rest }: PolicyHostChange,
): PolicyHost {
  const changed = { ...policyHost, ...rest };
  if (paddingOctets === 0) return changed;
  return { ...changed, body: `${changed.body}padding: ${'a'.repeat(paddingOctets)}\r\n` };
}

function changeCertificates(
  certificates: Scenario['certificates'],
  changes: PlacesChange['certificates'] = {},
): Scenario['certificates'] {
  const changed = Object.entries(changes).map(([id, change]) => [
    id,
    { issuer: 'public-ca', names: [], ...certificates[id], ...change },
  ]);
  return { ...certificates, ...(Object.fromEntries(changed) as Scenario['certificates']) };
}
