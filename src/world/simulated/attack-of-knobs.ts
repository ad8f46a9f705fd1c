/**
 * From the attacker's knobs to capabilities over given names: the same attacker for the simulator's
 * made-up domain and for one that was really looked up.
 */
import { maxAgeMostSeconds } from '../../core/mta-sts/memory.ts';
import { formatStsPolicy } from '../../core/mta-sts/policy.ts';
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
  /** What he serves as a policy of his own, where it is not one of MTA-STS. */
  readonly ownPolicy?: string;
  /** Zones whose key a thief of zone keys has. */
  readonly zones: readonly string[];
  /** Certificates whose key a thief of server keys has. */
  readonly certificates: readonly string[];
}

const evil = 'attacker.example';
export const evilMx = `mx.${evil}`;

/** Where a forged address leads: the attacker's own servers, by what each shows. */
export const evilAddress = {
  /** A good certificate for its own name. */
  yes: '198.51.100.1',
  self: '198.51.100.2',
  /** No STARTTLS. */
  plain: '198.51.100.3',
  /** A certificate wrongly issued for the genuine names. */
  'rogue-ca': '198.51.100.4',
  /** The genuine certificate of the first and of the second host, with the stolen key. */
  'server-key': '198.51.100.5',
  'server-key-2': '198.51.100.6',
} as const;

/** His certificate for names that are not his; its key is the one that his TLSA records fit. */
export const rogueId = 'attacker: rogue';
export const rogueCertificate = (names: readonly string[]): SymbolicCertificate => ({
  issuer: 'public-ca',
  names,
  anchorSent: true,
});

export const attackersServer = (
  at: keyof typeof evilAddress,
  certificate: string | undefined,
): MailServer => ({
  address: evilAddress[at],
  host: evilMx,
  owner: 'attacker',
  starttls: certificate !== undefined,
  ...(certificate === undefined ? {} : { certificate }),
});

/** The attacker's own mail server, with a good certificate for its own name, in a signed zone. */
export const attackersCertificate: SymbolicCertificate = { issuer: 'public-ca', names: [evilMx] };
export const attackersServers: readonly MailServer[] = [attackersServer('yes', 'attacker')];
export const attackersZone: Zone = {
  name: evil,
  signed: true,
  records: [
    { name: evilMx, type: 'A', address: evilAddress.yes },
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
    ...(https === 'quiet' ? {} : { https: httpsAttack(https, target) }),
    ...(knobs['zone-key'] === 'stolen' ? { zoneKeys: target.zones } : {}),
  };
}

function httpsAttack(
  https: Exclude<Knobs['https'], 'quiet'>,
  { ownPolicy }: AttackTarget,
): NonNullable<Attacker['https']> {
  if (https === 'refuse') return 'refuse';
  const policy = { maxAgeSeconds: maxAgeMostSeconds, extensions: [] };
  const none = formatStsPolicy({ mode: 'none', mx: [], ...policy });
  const own = ownPolicy ?? formatStsPolicy({ mode: 'enforce', mx: [evilMx], ...policy });
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
  const { 'forge-address': led } = knobs;
  if (led !== 'no')
    for (const host of target.hosts) forge(host, 'A', { answer: [{ address: evilAddress[led] }] });
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
