/**
 * From the attacker's knobs to capabilities over given names: the same attacker for the simulator's
 * made-up domain and for one that was really looked up.
 */
import type { Knobs } from './knobs.ts';
import type {
  Attacker,
  DnsAction,
  DnsAttack,
  MailServer,
  SymbolicCertificate,
  Zone,
} from './scenario.ts';

/** The knobs that are the attacker's. */
export type AttackKnobs = Pick<
  Knobs,
  | 'line'
  | 'https'
  | 'path'
  | 'zone-key'
  | 'forge-mx'
  | 'forge-address'
  | 'block-mx'
  | 'block-tlsa'
  | 'forge-tlsa'
  | 'block-policy'
  | 'forge-policy'
>;

/** What there is to attack. */
export interface AttackTarget {
  readonly domain: string;
  /** Names whose addresses are looked up. */
  readonly hosts: readonly string[];
  /** Names below which TLSA records may stand. */
  readonly tlsaBases: readonly string[];
  /** Records that announce a policy, with what an attacker would put there. */
  readonly policyRecords: readonly { readonly name: string; readonly forged: string }[];
  /** Zones whose key a thief of zone keys has. */
  readonly zones: readonly string[];
  /** Certificates whose key a thief of server keys has. */
  readonly certificates: readonly string[];
}

const evil = 'attacker.example';
export const evilMx = `mx.${evil}`;
const evilAddress = '198.51.100.1';

/** The attacker's own mail server, with a good certificate for its own name, in a signed zone. */
export const attackersCertificate: SymbolicCertificate = { issuer: 'public-ca', names: [evilMx] };
export const attackersServers: readonly MailServer[] = [
  {
    address: evilAddress,
    host: evilMx,
    owner: 'attacker',
    starttls: true,
    certificate: 'attacker',
  },
];
export const attackersZone: Zone = {
  name: evil,
  signed: true,
  records: [
    { name: evilMx, type: 'A', address: evilAddress },
    {
      name: `_25._tcp.${evilMx}`,
      type: 'TLSA',
      usage: 3,
      selector: 1,
      matchingType: 1,
      of: { certificate: 'attacker', part: 'leaf' },
    },
  ],
};

export function attackOfKnobs(knobs: AttackKnobs, target: AttackTarget): Attacker {
  const { line, https } = knobs;
  const forgeries = forgeriesOf(knobs, target);
  return {
    ...(line === 'reads' ? { reads: true } : {}),
    ...(line !== 'quiet' && line !== 'reads' ? { smtp: line } : {}),
    ...(line === 'mitm-server-key' ? { serverKeys: target.certificates } : {}),
    ...(forgeries.length === 0
      ? {}
      : knobs.path === 'attackable'
        ? { stub: forgeries }
        : { dns: forgeries }),
    ...(https === 'quiet' ? {} : { https: httpsAttack(https) }),
    ...(knobs['zone-key'] === 'stolen' ? { zoneKeys: target.zones } : {}),
  };
}

function httpsAttack(https: Exclude<Knobs['https'], 'quiet'>): NonNullable<Attacker['https']> {
  if (https === 'refuse') return 'refuse';
  const none = 'version: STSv1\r\nmode: none\r\nmax_age: 31557600\r\n';
  const own = `version: STSv1\r\nmode: enforce\r\nmx: ${evilMx}\r\nmax_age: 31557600\r\n`;
  const certificate = https === 'self-none' ? 'self' : 'rogue';
  return { certificate, body: https === 'rogue-own-mx' ? own : none };
}

export function forgeriesOf(knobs: AttackKnobs, target: AttackTarget): readonly DnsAttack[] {
  const attacks: DnsAttack[] = [];
  const forge = (name: string, type: DnsAttack['type'], action: DnsAction) =>
    attacks.push({ name, type, action });
  const { domain } = target;
  if (knobs['block-mx'] !== 'no') forge(domain, 'MX', knobs['block-mx']);
  if (knobs['forge-mx'] === 'yes')
    forge(domain, 'MX', { answer: [{ preference: 1, exchange: evilMx }] });
  for (const host of target.hosts)
    if (knobs['forge-address'] === 'yes') forge(host, 'A', { answer: [{ address: evilAddress }] });
  for (const base of target.tlsaBases) {
    const name = `_25._tcp.${base}`;
    if (knobs['block-tlsa'] !== 'no') forge(name, 'TLSA', knobs['block-tlsa']);
    if (knobs['forge-tlsa'] === 'yes') forge(name, 'TLSA', 'tlsa-of-attacker');
  }
  for (const { name, forged } of target.policyRecords)
    if (knobs['forge-policy'] === 'yes') forge(name, 'TXT', { answer: [{ text: forged }] });
    else if (knobs['block-policy'] !== 'no') forge(name, 'TXT', knobs['block-policy']);
  return attacks;
}
