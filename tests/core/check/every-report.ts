/** Reports of every kind of mail host, in pairs, with every kind of MTA-STS: the table that no reader may disagree about. */
import type { Report } from '../../../src/core/check/report.ts';
import type { HostStanding } from '../../../src/core/check/host-verdict.ts';
import { reportOf, type Written } from '../../world.ts';

const digest = 'a'.repeat(64);
const good = [`3 1 1 ${digest}`, `3 1 1 ${'b'.repeat(64)}`];

interface Host {
  /** With `NAME` for a name of its own. */
  readonly exchange: string;
  readonly A?: Written;
  readonly AAAA?: Written;
  readonly TLSA?: Written;
}

const named = (answers: Omit<Host, 'exchange'> = {}): Host => ({
  exchange: 'NAME.example.nl',
  A: ['192.0.2.1'],
  ...answers,
});

/** One mail host in each state, by what a sender with DANE meets there. */
export const hosts: Readonly<Record<Exclude<HostStanding, 'mx-insecure'>, Host>> = {
  authenticate: named({ TLSA: good }),
  encrypt: named({ TLSA: [`1 1 1 ${digest}`] }),
  'tlsa-absent': named(),
  'tlsa-insecure': named({ TLSA: { unsigned: good } }),
  'tlsa-bogus': named({ TLSA: 'bogus' }),
  'tlsa-failed': named({ TLSA: 'servfail' }),
  'address-insecure': named({ A: { unsigned: ['192.0.2.1'] } }),
  'address-none': named({ A: { unsigned: [] }, AAAA: { unsigned: [] } }),
  'address-proved-none': named({ A: [] }),
  'address-bogus': named({ A: 'bogus' }),
  'address-failed': named({ A: 'timeout' }),
  'null-mx-beside': { exchange: '.' },
  localhost: { exchange: 'NAME.localhost' },
  'invalid-name': { exchange: 'NAME.invalid' },
  'special-name': { exchange: 'NAME.onion' },
  number: { exchange: '192.0.2.99' },
};

const stsRecord: Written = ['v=STSv1; id=1;'];

export const stsStates: Readonly<Record<string, Readonly<Record<string, Written>>>> = {
  found: { '_mta-sts.example.nl TXT': stsRecord, 'mta-sts.example.nl A': ['192.0.2.80'] },
  'no-policy-host': { '_mta-sts.example.nl TXT': stsRecord },
  faulty: { '_mta-sts.example.nl TXT': ['v=STSv1; id=;'] },
  'proved-absent': { '_mta-sts.example.nl TXT': ['v=spf1 -all'] },
  absent: { '_mta-sts.example.nl TXT': { unsigned: [] } },
  bogus: { '_mta-sts.example.nl TXT': 'bogus' },
  'not-looked-up': { '_mta-sts.example.nl TXT': 'servfail' },
};

export interface Made {
  readonly name: string;
  readonly hosts: readonly HostStanding[];
  readonly isMxSigned: boolean;
  readonly sts: string;
  readonly report: Report;
}

function made(pair: readonly (keyof typeof hosts)[], isMxSigned: boolean, sts: string): Made {
  const written: Record<string, Written> = {
    ...stsStates[sts],
    '_smtp._tls.example.nl TXT': ['v=TLSRPTv1; rua=mailto:tls@example.nl'],
  };
  const exchanges = pair.map((standing, index) => {
    const { exchange, ...answers } = hosts[standing];
    const name = exchange.replace('NAME', `mx${index}`);
    for (const [type, answer] of Object.entries(answers))
      written[`${type === 'TLSA' ? '_25._tcp.' : ''}${name} ${type}`] = answer;
    return `${10 * (index + 1)} ${name}`;
  });
  written['example.nl MX'] = isMxSigned ? exchanges : { unsigned: exchanges };
  return {
    name: `${pair.join(' + ')}, MX ${isMxSigned ? 'signed' : 'unsigned'}, MTA-STS ${sts}`,
    hosts: pair,
    isMxSigned,
    sts,
    report: reportOf('example.nl', written),
  };
}

/** Every state alone and beside every other. A null MX alone is another matter: it stands beside only. */
export function* everyReport(): Generator<Made> {
  const states = Object.keys(hosts) as (keyof typeof hosts)[];
  for (const isMxSigned of [true, false])
    for (const sts of Object.keys(stsStates))
      for (const one of states) {
        if (one !== 'null-mx-beside') yield made([one], isMxSigned, sts);
        for (const other of states)
          if (one !== other || hosts[one].exchange.includes('NAME'))
            yield made([one, other], isMxSigned, sts);
      }
}

/** Where there is no mail host to judge. */
export const withoutHosts: Readonly<Record<string, Report>> = {
  'no-domain': reportOf('example.nl', { 'example.nl MX': 'nxdomain' }),
  'null-mx': reportOf('example.nl', { 'example.nl MX': ['0 .'] }),
  'mx-bogus': reportOf('example.nl', { 'example.nl MX': 'bogus' }),
  'mx-failed': reportOf('example.nl', { 'example.nl MX': 'servfail' }),
  'no-server': reportOf('example.nl', {}),
};
