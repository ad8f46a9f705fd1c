/**
 * The head of a report after connecting: sentence, cards and actions as the wire made them. What the DNS
 * alone says of the certificate and the policy ("not checked here") is no longer true by then.
 */
import type { ConnectionVerdict } from '../core/check/connection.ts';
import type { FetchedPolicy } from '../core/mta-sts/fetch.ts';
import { isSubdomainOf, type DomainName } from '../core/dns/name.ts';
import type { Report } from '../core/check/report.ts';
import type { ActionRow, Card, ReportView } from '../view/check/report-view.ts';
import { sayLine, type Line } from '../view/messages/line.ts';
import type { KeyEnd, MessageKey } from '../view/messages/message-key.ts';
import type { Connected } from './connect.ts';
import type { Say } from '../view/messages/say.ts';

type ActionSeen = KeyEnd<'cli.action.'>;

/** Like the actions of the DNS, of which these are none. */
type HeadAction = Omit<ActionRow, 'id'> & { readonly id: ActionRow['id'] | ActionSeen };

export interface Head extends Pick<ReportView, 'sentence' | 'cards' | 'senders' | 'hosts'> {
  readonly actions: readonly HeadAction[];
}

/** The sentence after connecting; none where that of the DNS does: it did not speak of what was not checked. */
function toldAgain(verdict: ConnectionVerdict, isInTesting: boolean): MessageKey | undefined {
  if (verdict.outcome !== 'as-published') return `cli.head.${verdict.standing}`;
  const { standing } = verdict;
  if (standing === 'dane') return 'cli.head.dane';
  return standing === 'dane-and-sts' || standing === 'sts-only'
    ? `cli.head.${standing}${isInTesting ? '-testing' : ''}`
    : undefined;
}

const names = (hosts: readonly string[]): string => [...new Set(hosts)].join(', ');

/** Takes the view of the DNS and what was seen; gives the head to print and to emit. */
export function headAfterConnecting(
  say: Say,
  view: ReportView,
  report: Report,
  connected: Connected,
): Head {
  const { verdict } = connected;
  const { domain } = view;
  const fetched = connected.policy?.fetched;
  const isInTesting = fetched?.kind === 'policy' && fetched.policy.mode === 'testing';
  const key = toldAgain(verdict, isInTesting);
  const sentence: Line = key
    ? {
        key,
        args: { domain, hosts: names(verdict.hosts), count: verdict.hosts.length },
      }
    : view.sentence;
  return {
    sentence,
    cards: view.cards.map((card) => cardAfter(say, card, report, connected)),
    hosts: view.hosts.map((row) => {
      const key = seenKey(row.host, connected);
      return row.dane.key === unseen && key !== undefined ? { ...row, dane: { key } } : row;
    }),
    senders: view.senders.map((line) => (fetched ? senderAfter(line, fetched) : line)),
    actions: [...actionsAfter(report.domain, connected), ...view.actions],
  };
}

/** What the DNS alone says of a server with TLSA records. */
const unseen = 'lookup.host.authenticate';

/** What is known of it by now. */
function seenKey(host: string, { hosts }: Connected): MessageKey | undefined {
  const sessions = hosts.filter((each) => each.host === host).map(({ seen }) => seen);
  if (sessions.some(({ dane }) => dane === 'refused')) return 'cli.head.seen.refused';
  if (sessions.some(({ channel }) => channel === 'not-reached')) return 'cli.head.seen.not-reached';
  return sessions.some(({ dane }) => dane === 'recognised')
    ? 'cli.head.seen.recognised'
    : undefined;
}

/** The DNS cannot tell what the policy says; the file does. */
const senderAfter = (line: Line, fetched: FetchedPolicy): Line =>
  line.key === 'lookup.sender.mta-sts.found'
    ? {
        key: `cli.head.sender.${fetched.kind === 'policy' ? fetched.policy.mode : 'unusable'}`,
      }
    : line;

function cardAfter(say: Say, card: Card, report: Report, connected: Connected): Card {
  if (card.id === 'dane') return daneCard(say, card, report, connected);
  if (card.id === 'mta-sts') return stsCard(say, card, connected);
  return card;
}

function daneCard(say: Say, card: Card, report: Report, connected: Connected): Card {
  const { hosts } = connected;
  const demanding = new Set(
    report.hosts.flatMap(({ host, dane }) =>
      dane?.kind === 'authenticate' || dane?.kind === 'encrypt' ? [host] : [],
    ),
  );
  const seen = hosts.filter(({ host }) => demanding.has(host));
  if (seen.length === 0) return card;
  const refused = seen.filter((each) => each.seen.dane === 'refused');
  const missed = seen.filter((each) => each.seen.channel === 'not-reached');
  const why = [...refused, ...missed].map(({ host, address, kind, dane, told }): Line => {
    const causes = told.flatMap((each) => each.causes);
    const fault =
      dane?.kind === 'not-authenticated'
        ? [dane.fault, ...dane.notes].map((id) => `situation.dane.${id}` as const)
        : [];
    const reasons = [
      ...fault.map((key) => say(key)),
      ...(fault.length > 0 ? [] : told.slice(-1).map(({ rule }) => say(`rule.${rule}`))),
      ...(fault.length > 0 ? [] : causes.map((each) => sayLine(say, each))),
    ];
    const isOne = seen.filter((each) => each.host === host).length === 1;
    const of = isOne ? host : `${host} (${[address, kind].filter(Boolean).join(', ')})`;
    return { key: 'cli.head.host', args: { host: of, reason: reasons.join(' ') } };
  });
  const others = card.why
    .filter(({ args }) => ![...refused, ...missed].some(({ host }) => host === args?.['host']))
    .map((line): Line => {
      const known =
        line.why === unseen ? seenKey(String(line.args?.['host']), connected) : undefined;
      return known === undefined ? line : { ...line, why: known };
    });
  if (refused.length > 0)
    return {
      ...card,
      tone: 'bad',
      toneWord: 'cli.head.tone.fails',
      verdict: { key: 'cli.head.dane.fails', args: { hosts: names(refused.map(hostOf)) } },
      why: [...why, ...others],
    };
  if (missed.length > 0)
    return {
      ...card,
      tone: 'open',
      verdict: { key: 'cli.head.dane.not-reached', args: { hosts: names(missed.map(hostOf)) } },
      why: [...why, ...others],
    };
  // Where the DNS leaves something to mend, that stays the finding.
  const fits: Readonly<Record<string, MessageKey>> = {
    'all-hosts': 'cli.head.dane.fits',
    'reachable-hosts': 'cli.head.dane.fits',
    'first-hosts': 'cli.head.dane.fits-first',
  };
  const key = fits[card.standing];
  return {
    ...card,
    why: others,
    ...(key !== undefined && {
      verdict: { key, args: { count: new Set(seen.map(hostOf)).size } },
    }),
  };
}

const hostOf = ({ host }: { readonly host: string }): string => host;

function stsCard(say: Say, card: Card, { policy, hosts }: Connected): Card {
  if (policy === undefined) return card;
  const { fetched, told } = policy;
  const because = (causes: readonly Line[]): Line[] =>
    causes.map((each) => ({ key: 'cli.head.because', args: { reason: sayLine(say, each) } }));
  if (fetched.kind === 'none')
    return {
      ...card,
      tone: 'bad',
      toneWord: 'cli.head.tone.fails',
      verdict: { key: 'cli.head.sts.unusable' },
      why: told
        .slice(-1)
        .flatMap(({ rule, causes }) => [{ key: `rule.${rule}` }, ...because(causes)]),
    };
  const refused = hosts.filter(({ seen }) => seen.sts === 'refused');
  const { mode } = fetched.policy;
  const isBad = refused.length > 0;
  return {
    ...card,
    tone: mode !== 'enforce' ? 'attention' : isBad ? 'bad' : 'good',
    ...(isBad && mode === 'enforce' && { toneWord: 'cli.head.tone.fails' }),
    verdict: {
      key: `cli.head.sts.${isBad ? 'refused' : mode}`,
      args: { mode, hosts: names(refused.map(hostOf)) },
    },
    why: refused.flatMap(({ told: each }) => because(each.flatMap(({ causes }) => causes))),
  };
}

/** Actions for faults seen on the wire, each with who can fix it; listed before actions for the DNS. */
function actionsAfter(domain: DomainName, { hosts, policy }: Connected): readonly HeadAction[] {
  const act = (id: ActionSeen, card: HeadAction['card'], host: DomainName): HeadAction => ({
    who: isSubdomainOf(host, domain) ? 'you' : 'mail-provider',
    id,
    card,
    line: { key: `cli.action.${id}`, args: { host } },
  });
  const seen = hosts.flatMap(({ host, dane, seen: each }) => {
    if (each.channel === 'not-encrypted') return [act('offer-starttls', 'dane', host)];
    if (each.channel === 'not-reached') return [act('reach-host', 'dane', host)];
    const notes: readonly string[] = dane?.notes ?? [];
    if (each.dane === 'refused')
      return [act(notes.includes('anchor-not-sent') ? 'send-issuer' : 'match-tlsa', 'dane', host)];
    return each.sts === 'refused' ? [act('fit-policy', 'mta-sts', host)] : [];
  });
  const once = [...new Map(seen.map((each) => [JSON.stringify(each), each])).values()];
  return policy?.fetched.kind === 'none'
    ? [...once, act('mend-policy-host', 'mta-sts', domain)]
    : once;
}
