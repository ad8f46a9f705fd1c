/**
 * What else stood on the closed machine of the observations, whatever the case: the attacker's own
 * domains and mail servers. Told by the observations themselves (which address was spoken to, which
 * certificate was shown, what could be verified).
 */
import type { MailServer, SymbolicCertificate, Zone } from '../../src/world/simulated/scenario.ts';

/** 23 November 2026, 12:00 UTC: the day of the observations. */
export const labClockSeconds = 1_795_435_200;

/** The certificate that an attacker in the middle makes for himself; every simulated world has it. */
const ownOfAttacker = 'attacker: self';

export const labCertificates: Readonly<Record<string, SymbolicCertificate>> = {
  'evil mx': { issuer: 'self', names: ['mx.evil.lab'] },
  'evil mx, unsigned': { issuer: 'public-ca', names: ['mx.evil-u.lab'] },
};

export const labServers: readonly MailServer[] = [
  {
    address: '127.66.0.1',
    host: 'mx.evil.lab',
    owner: 'attacker',
    starttls: true,
    certificate: 'evil mx',
  },
  {
    address: '127.66.0.2',
    host: 'mx.evil-u.lab',
    owner: 'attacker',
    starttls: true,
    certificate: 'evil mx, unsigned',
  },
  {
    address: '127.66.0.3',
    host: 'mail.attacker.example',
    owner: 'attacker',
    starttls: true,
    certificate: ownOfAttacker,
  },
];

export const labZones: readonly Zone[] = [
  { name: 'lab', signed: true, records: [] },
  {
    name: 'evil.lab',
    signed: true,
    records: [
      { name: 'mx.evil.lab', type: 'A', address: '127.66.0.1' },
      {
        name: '_25._tcp.mx.evil.lab',
        type: 'TLSA',
        usage: 3,
        selector: 1,
        matchingType: 1,
        of: { certificate: 'evil mx', part: 'leaf' },
      },
    ],
  },
  {
    name: 'evil-u.lab',
    signed: false,
    records: [{ name: 'mx.evil-u.lab', type: 'A', address: '127.66.0.2' }],
  },
];
