/**
 * A change to a world: what a situation has that the simulator's knobs cannot express, on top of
 * what they can. Written small, so that a file shows what is special about its situation.
 */
import { z } from 'astro/zod';
import {
  address,
  attacker,
  certificate,
  deliveries,
  name,
  policyHost,
  resolver,
  seconds,
  sender,
  server,
  zone,
  zoneRecord,
  type MailServer,
  type Past,
  type PolicyHost,
  type Read,
  type Scenario,
  type Zone,
} from './scenario.ts';

/** All fields may be left out; none may be undefined, which neither YAML nor JSON can write. */
const some = <Shape extends z.core.$ZodShape>({ shape }: z.ZodObject<Shape>) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(shape).map(([field, schema]) => [field, z.exactOptional(schema)]),
    ) as { [Field in keyof Shape]: z.ZodExactOptional<Shape[Field]> },
  );

const zoneChange = some(zone.omit({ name: true, records: true })).extend({
  /** `TXT _mta-sts.gemeente.example`: taken away before `records` are added. */
  without: z.array(z.string().regex(/^[A-Z0-9]+ \S+$/)).exactOptional(),
  records: z.array(zoneRecord).exactOptional(),
});
const policyHostChange = some(policyHost.omit({ host: true })).extend({
  /** So many octets of an unknown field behind the body, for what is too large to write out. */
  paddingOctets: z.int().positive().exactOptional(),
});
/** Parts by what names them: a zone's name, an address, a policy host's name, a certificate's id. */
const placesChange = z.strictObject({
  zones: z.record(name, zoneChange).exactOptional(),
  certificates: z.record(z.string(), some(certificate)).exactOptional(),
  servers: z.record(address, some(server.omit({ address: true }))).exactOptional(),
  policyHosts: z.record(name, policyHostChange).exactOptional(),
});

export const worldChange = placesChange.extend({
  clockSeconds: seconds.exactOptional(),
  domain: name.exactOptional(),
  sender: some(sender).exactOptional(),
  resolver: some(resolver).exactOptional(),
  /** Beside what the knobs give the attacker; a part that both give is this one. */
  attacker: attacker.exactOptional(),
  /** Changes the world of the past, which otherwise is that of the knobs, or the present one. */
  past: placesChange.extend({ deliveries: deliveries.exactOptional() }).exactOptional(),
});

export type WorldChange = Read<typeof worldChange>;
type PlacesChange = Read<typeof placesChange>;
type ZoneChange = Read<typeof zoneChange>;
type PolicyHostChange = Read<typeof policyHostChange>;

export function changeScenario(scenario: Scenario, change: WorldChange): Scenario {
  const { past, sender, resolver, attacker, ...rest } = change;
  return {
    ...scenario,
    ...rest,
    sender: { ...scenario.sender, ...sender },
    resolver: { ...scenario.resolver, ...resolver },
    attacker: { ...scenario.attacker, ...attacker },
    ...changePlaces(scenario, change),
    ...pastOf(scenario, past),
  };
}

type Places = Pick<Scenario, 'zones' | 'certificates' | 'servers' | 'policyHosts'>;

function pastOf(scenario: Scenario, change: WorldChange['past']): { readonly past?: Past } {
  const { past } = scenario;
  if (change === undefined) return past === undefined ? {} : { past };
  const { deliveries = past?.deliveries ?? [] } = change;
  return { past: { deliveries, ...changePlaces({ ...scenario, ...past }, change) } };
}

const freshZone: Omit<Zone, 'name'> = { signed: true, records: [] };
const freshServer: Omit<MailServer, 'address'> = {
  host: 'unnamed.example',
  owner: 'genuine',
  starttls: true,
};
const freshPolicyHost: Omit<PolicyHost, 'host'> = {
  owner: 'genuine',
  certificate: 'policy-host',
  status: 200,
  contentType: 'text/plain',
  body: '',
};

const changePlaces = (places: Places, change: PlacesChange): Places => ({
  zones: changeAll(places.zones, change.zones, 'name', freshZone, changeZone),
  certificates: changeCertificates(places.certificates, change.certificates),
  servers: changeAll(places.servers, change.servers, 'address', freshServer, (server, each) => ({
    ...server,
    ...each,
  })),
  policyHosts: changeAll(
    places.policyHosts,
    change.policyHosts,
    'host',
    freshPolicyHost,
    changePolicyHost,
  ),
});

/** Changes the parts that this field names, and adds those that were not there. */
function changeAll<Field extends string, Part extends Readonly<Record<Field, string>>, Change>(
  parts: readonly Part[],
  changes: Readonly<Record<string, Change>> = {},
  field: Field,
  fresh: Omit<Part, Field>,
  apply: (part: Part, change: Change) => Part,
): readonly Part[] {
  const added = Object.keys(changes)
    .filter((name) => !parts.some((part) => part[field] === name))
    .map((name) => ({ [field]: name, ...fresh }) as unknown as Part);
  return [...parts, ...added].map((part) => {
    const change = changes[part[field]];
    return change === undefined ? part : apply(part, change);
  });
}

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
