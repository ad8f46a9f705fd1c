/** A small trace by hand: an MX record forged in flight, then a delivery to the forger's server. */
import type { LookupAnswer } from '../../../src/core/ask.ts';
import type { DomainName } from '../../../src/core/dns/name.ts';
import type { TraceEvent } from '../../../src/core/trace.ts';

const name = (text: string) => text as DomainName;

const mx = (exchange: string): LookupAnswer => ({
  kind: 'found',
  security: 'insecure',
  aliases: [],
  records: [
    {
      name: name('recipient.example'),
      type: 'MX',
      ttlSeconds: 3600,
      preference: 10,
      exchange: name(exchange),
    },
  ],
});

export const attackerAddress = '192.0.2.66';

export const events: readonly TraceEvent[] = [
  { kind: 'asked', ask: { ask: 'now' }, answer: 1_463_097_600 },
  {
    kind: 'asked',
    ask: { ask: 'lookup', name: name('recipient.example'), type: 'MX' },
    answer: mx('mx.attacker.example'),
    tampered: { by: 'dns', original: mx('mx1.recipient.example') },
  },
  { kind: 'step', rule: 'smtp.mx-found', evidence: { domain: 'recipient.example' } },
  { kind: 'step', rule: 'smtp.certificate-not-judged' },
  {
    kind: 'asked',
    ask: { ask: 'connect', host: name('mx.attacker.example'), address: attackerAddress },
    answer: { kind: 'open', session: 1, greeting: '220 mx.attacker.example ESMTP' },
  },
  {
    kind: 'asked',
    ask: { ask: 'ehlo', session: 1 },
    answer: { starttls: true, lines: ['250-mx.attacker.example', '250 STARTTLS'] },
  },
  { kind: 'step', rule: 'smtp.starttls-offered' },
  {
    kind: 'asked',
    ask: { ask: 'lookup', name: name('_mta-sts.recipient.example'), type: 'TXT' },
    answer: { kind: 'failed', why: 'timeout' },
    tampered: { by: 'dns' },
  },
];
