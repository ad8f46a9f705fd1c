/**
 * What who must act can copy, beside the sentence that asks it: the record or the policy whole, or, where it
 * depends on a key, the command that writes the record. What only its owner knows has a place to fill in.
 */
import { daySeconds } from '../../core/ask.ts';
import { mailHostsOf, type Report } from '../../core/check/report.ts';
import type { Action, ActionId } from '../../core/check/actions.ts';
import { formatStsPolicy } from '../../core/mta-sts/policy.ts';
import { stsIdAt } from '../../core/publish/plan.ts';
import { stsZoneLine, tlsRptZoneLine } from '../../core/publish/sts-plan.ts';
import type { MessageKey } from '../messages/message-key.ts';
import { digestCommand } from '../certificate/commands.ts';

export interface Ready {
  readonly label: MessageKey;
  readonly text: string;
}

const ttlSeconds = 3600;

/** Names that a shell takes as they are. */
const isPlain = (name: string): boolean => /^[a-z0-9._-]+$/i.test(name);

/** Prints the whole line, so that nothing is copied by hand. */
const tlsaCommand = (host: string, ofNextKey: boolean): string => {
  const digest = ofNextKey
    ? 'openssl pkey -in next.key -pubout -outform DER | openssl dgst -sha256'
    : digestCommand('3 1 1');
  return `printf '_25._tcp.${host}. ${ttlSeconds} IN TLSA 3 1 1 %s\\n' "$(${digest} -r | cut -d' ' -f1)"`;
};

const makers: Partial<Record<ActionId, (report: Report, host: string) => readonly Ready[]>> = {
  'publish-tlsa': (_, host) => tlsa(host, false),
  'mend-tlsa': (_, host) => tlsa(host, false),
  'second-record': (_, host) => tlsa(host, true),
  'publish-sts': (report) => [policy(report, 'testing'), announcement(report)],
  'mend-sts-record': (report) => [announcement(report)],
  'give-policy-host': (report) => [policy(report, 'testing')],
  'mend-policy': (report) => [policy(report, 'testing'), announcement(report)],
  'list-host': (report) => [policy(report, 'enforce'), announcement(report)],
  'enforce-policy': (report) => [policy(report, 'enforce'), announcement(report)],
  'publish-rpt': reports,
  'mend-rpt': reports,
  'mend-rua': reports,
};

const tlsa = (host: string, ofNextKey: boolean): readonly Ready[] =>
  isPlain(host)
    ? [
        {
          label: ofNextKey ? 'lookup.ready.tlsa-next' : 'lookup.ready.tlsa',
          text: tlsaCommand(host, ofNextKey),
        },
      ]
    : [];

/** In testing mode for two weeks, and when it is enforced for half a year. */
const policy = (report: Report, mode: 'testing' | 'enforce'): Ready => ({
  label: 'lookup.ready.policy',
  text: formatStsPolicy({
    mode,
    maxAgeSeconds: (mode === 'testing' ? 14 : 180) * daySeconds,
    mx: mailHostsOf(report),
    extensions: [],
  }),
});

const announcement = ({ domain, checkedAtSeconds }: Report): Ready => ({
  label: 'lookup.ready.sts',
  text: stsZoneLine(domain, ttlSeconds, stsIdAt(checkedAtSeconds)),
});

function reports({ domain }: Report): readonly Ready[] {
  return [
    {
      label: 'lookup.ready.rpt',
      text: tlsRptZoneLine(domain, ttlSeconds, [`mailto:tls-reports@${domain}`]),
    },
  ];
}

export const readyFor = ({ id, host }: Action, report: Report): readonly Ready[] =>
  makers[id]?.(report, host ?? report.domain) ?? [];
